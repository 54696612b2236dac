//! The command line and its environment variables -> what to do.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing::level_filters::LevelFilter;
use url::Url;

use crate::history::HIGHEST_REVISION;
use crate::route::PublicUrl;
use crate::texts::Language;
use crate::web::Limits;

/// One hand-edited YAML schedule of meetings in; calendars to subscribe to,
/// pages, widgets and posters out.
#[derive(Debug, Parser)]
#[command(name = "spotkajmy", version, propagate_version = true)]
#[command(after_help = "\
Without a command it serves. Without --schedule it takes the schedule that it was built with.
Each flag is also an environment variable, such as SPOTKAJMY_SCHEDULE for --schedule.

Exit codes: 0 good; 1 the schedule has problems; 2 unreadable, or wrong usage.

Examples:
  spotkajmy --schedule schedule.yaml --public-url https://calendar.example.org
  spotkajmy check schedule.yaml
  spotkajmy changes schedule.yaml
  spotkajmy export public/ --schedule schedule.yaml --public-url https://calendar.example.org")]
pub struct Arguments {
    /// What to do; `serve` without one.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
}

/// What every command understands.
#[derive(Debug, Args)]
pub struct Common {
    /// The schedule to read; without it, the one that the program was built with
    #[arg(long, global = true, env = "SPOTKAJMY_SCHEDULE", value_name = "FILE")]
    pub schedule: Option<PathBuf>,
    /// Where published changes are recorded [default: beside the schedule, `schedule.history.jsonl`]
    #[arg(long, global = true, env = "SPOTKAJMY_HISTORY", value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Where the service is reached from outside; all absolute links begin with it [default: `http://localhost:8080`]
    #[arg(long, global = true, env = "SPOTKAJMY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// The language of reports: pl or en [default: by LC_ALL, LC_MESSAGES or LANG, else en]
    #[arg(long, global = true, env = "SPOTKAJMY_LANGUAGE", value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Language>,
    /// How logs are written to stderr
    #[arg(
        long,
        global = true,
        env = "SPOTKAJMY_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,
    /// How much is logged: off, error, warn, info, debug or trace; debug tells of each answer, but
    /// not to whom
    #[arg(
        long,
        global = true,
        env = "SPOTKAJMY_LOG_LEVEL",
        value_name = "LEVEL",
        default_value = "info"
    )]
    pub log_level: LevelFilter,
    /// Where and within which limits to serve.
    #[command(flatten, next_help_heading = "Serving")]
    pub serving: Serving,
    /// Whom to tell of changes.
    #[command(flatten, next_help_heading = "Telling of changes")]
    pub telling: Telling,
}

/// Whom to tell of changes.
#[derive(Debug, Args)]
pub struct Telling {
    /// Post each change of meaning there, in the form of Standard Webhooks; may be repeated. `SPOTKAJMY_NOTIFY_SECRET` signs it
    #[arg(long, global = true, env = "SPOTKAJMY_NOTIFY", value_name = "URL", value_delimiter = ' ', value_parser = web_url)]
    pub notify: Vec<Url>,
    /// How long a change has to stand before it is posted, such as 90s, 5m or 1h
    #[arg(long, global = true, env = "SPOTKAJMY_NOTIFY_AFTER", value_name = "DURATION", default_value = "5m", value_parser = duration)]
    pub notify_after: Duration,
    /// The WebSub hub that Atom feeds name and that is told when they change
    #[arg(long, global = true, env = "SPOTKAJMY_HUB", value_name = "URL", value_parser = web_url)]
    pub hub: Option<Url>,
}

fn web_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err("write an address that begins with https:// or http://".to_owned())
    }
}

/// A whole number and its unit: `90s`, `5m`, `1h`. Without one it is seconds,
/// as the limits were once written.
fn duration(text: &str) -> Result<Duration, String> {
    let unit = text.find(|character: char| !character.is_ascii_digit());
    let (number, unit) = text.split_at(unit.unwrap_or(text.len()));
    let seconds = match unit {
        "s" | "" => Some(1),
        "m" => Some(60),
        "h" => Some(3_600),
        _ => None,
    };
    let number: Option<u64> = number.parse().ok().filter(|number| *number <= 100_000);
    match (number, seconds) {
        (Some(number), Some(seconds)) => Ok(Duration::from_secs(number * seconds)),
        _ => Err("write a number with s, m or h, such as 90s, 5m or 1h".to_owned()),
    }
}

/// A duration that a connection is given.
fn timeout(text: &str) -> Result<Duration, String> {
    let duration = duration(text)?;
    if (1..=3_600).contains(&duration.as_secs()) {
        Ok(duration)
    } else {
        Err("write a duration from 1s to 1h".to_owned())
    }
}

/// Where and within which limits to serve.
#[derive(Debug, Args)]
pub struct Serving {
    /// The address and port to serve on; port 0 takes a free one
    #[arg(
        long,
        global = true,
        env = "SPOTKAJMY_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
    /// The same for /readyz and /metrics, which are nobody else's business; `off` for none
    #[arg(long, global = true, env = "SPOTKAJMY_ADMIN_LISTEN", value_name = "ADDRESS|off", default_value = "127.0.0.1:8081", value_parser = admin)]
    pub admin_listen: Admin,
    /// Serve the officer's desk there too, behind a sign-in of your own; never for everybody
    #[arg(
        long,
        global = true,
        env = "SPOTKAJMY_DESK_LISTEN",
        value_name = "ADDRESS",
        requires = "desk_url"
    )]
    pub desk_listen: Option<SocketAddr>,
    /// Where the officer reaches the desk, such as <https://desk.example.org/>
    #[arg(long, global = true, env = "SPOTKAJMY_DESK_URL", value_name = "URL", value_parser = web_url)]
    pub desk_url: Option<Url>,
    /// How many connections are held at once
    #[arg(long, global = true, env = "SPOTKAJMY_MAX_CONNECTIONS", value_name = "NUMBER", default_value_t = 8_000, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1_000_000))]
    pub max_connections: usize,
    /// How long a request's headers may take to be whole, up to 1h
    #[arg(long, global = true, env = "SPOTKAJMY_HEADER_TIMEOUT", value_name = "DURATION", default_value = "10s", value_parser = timeout)]
    pub header_timeout: Duration,
    /// How long a connection may idle, and a reader stall, up to 1h
    #[arg(long, global = true, env = "SPOTKAJMY_IDLE_TIMEOUT", value_name = "DURATION", default_value = "30s", value_parser = timeout)]
    pub idle_timeout: Duration,
    /// Bytes that a request's headers may have
    #[arg(long, global = true, env = "SPOTKAJMY_MAX_HEADER_BYTES", value_name = "BYTES", default_value_t = 16_384, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(8_192..=1_048_576))]
    pub max_header_bytes: usize,
    /// How long answers under way get to finish after SIGTERM
    #[arg(long, global = true, env = "SPOTKAJMY_DRAIN_TIMEOUT", value_name = "DURATION", default_value = "20s", value_parser = duration)]
    pub drain_timeout: Duration,
}

impl Serving {
    /// The limits as the server takes them.
    pub fn limits(&self) -> Limits {
        Limits {
            connections: self.max_connections,
            head: self.header_timeout,
            idle: self.idle_timeout,
            stall: self.idle_timeout,
            head_bytes: self.max_header_bytes,
            drain: self.drain_timeout,
            ..Limits::default()
        }
    }
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the schedule until SIGTERM; it is read again when it changes
    Serve,
    /// Report every problem of a schedule at once
    Check(Report),
    /// Tell what subscribers would see change
    Changes(Report),
    /// Record those changes in the history, and serve nothing
    Publish {
        /// What is published and told.
        #[command(flatten)]
        report: Report,
        /// Raise every session ahead over this revision: subscribers hold later ones than the
        /// history, which was lost or put back from an older copy
        #[arg(long, value_name = "REVISION", value_parser = clap::value_parser!(u32).range(..i64::from(HIGHEST_REVISION)))]
        above: Option<u32>,
    },
    /// Serve the pages and feeds as they would be, for this machine alone, and record nothing
    Preview {
        /// The schedule; `-` reads standard input [default: --schedule, else schedule.yaml]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write the whole site as files, for any static host or CDN
    Export {
        /// A folder that is empty, not there yet, or written by an earlier export
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Open the officer's desk in the browser: forms that change the schedule's file
    Edit {
        /// The schedule [default: --schedule, else `schedule.yaml` in this folder]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Only print the desk's address
        #[arg(long)]
        no_browser: bool,
    },
    /// Print ready texts of what changed last, to spread: a text message, a post, a mail
    Announce {
        /// The schedule and the form of the texts.
        #[command(flatten)]
        report: Report,
        /// Only the last change of this session
        #[arg(long, value_name = "ID")]
        session: Option<String>,
    },
    /// Print the YAML of somebody's existing calendar
    Import {
        /// An iCalendar file or a CSV table; `-` reads standard input
        #[arg(value_name = "FILE.ics|FILE.csv")]
        file: PathBuf,
    },
    /// Print the schedule's JSON Schema, for editors
    Schema,
    /// Look at a deployment from outside, as a calendar program would
    Doctor {
        /// The service's address, such as <https://calendar.example.org>
        url: String,
        /// For people, or for programs
        #[arg(long, env = "SPOTKAJMY_FORMAT", default_value = "text")]
        format: ReportFormat,
    },
    /// Ask once whether a service lives, for a container's HEALTHCHECK
    Health {
        /// The service's address [default: where --listen says]
        url: Option<String>,
    },
}

/// What a report is made of.
#[derive(Debug, Args)]
pub struct Report {
    /// The schedule; `-` reads standard input [default: --schedule, else schedule.yaml]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// For people, or for programs
    #[arg(long, env = "SPOTKAJMY_FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// People.
    Text,
    /// Programs.
    Json,
}

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Where the admin listener is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admin {
    /// There is none.
    Off,
    /// At an address.
    At(SocketAddr),
}

fn admin(text: &str) -> Result<Admin, String> {
    if text == "off" {
        return Ok(Admin::Off);
    }
    text.parse()
        .map(Admin::At)
        .map_err(|_| "write an address with a port, such as 127.0.0.1:8081, or `off`".to_owned())
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "the languages are pl, en and uk".to_owned())
}

impl Common {
    /// The language of reports: as told, else by the locale as the C library
    /// reads it, else English.
    pub fn report_language(&self) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        let of_locale = locale.and_then(|locale| Language::from_code(locale.get(..2)?));
        self.language.or(of_locale).unwrap_or(Language::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_its_unit() {
        for (text, seconds) in [
            ("90s", 90),
            ("5m", 300),
            ("1h", 3_600),
            ("0s", 0),
            ("15", 15),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "", "s", "5 m", "1h30m", "-1s", "1.5h", "1d", "100001h", "\u{665}s",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(timeout("0s").is_err() && timeout("61m").is_err() && timeout("1h").is_ok());
    }
}
