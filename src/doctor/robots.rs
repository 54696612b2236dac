//! robots.txt -> whether crawlers may fetch the feed (RFC 9309).

use super::answer::Answer;
use super::finding::{Finding, Severity, fault, finding, ok};

/// What robots.txt says of the feed at `path`. Google's calendar obeys it, and
/// takes an error for a no.
pub(super) fn robots(answer: &Answer, path: &str) -> Finding {
    let status = answer.status;
    if status != 200 || answer.is_web_page() {
        let severity = if status == 429 || status >= 500 {
            Severity::Fault
        } else {
            Severity::Warning
        };
        return finding(
            severity,
            "no-robots",
            format!("Serwer nie ma czytelnego robots.txt ({status})."),
            format!("The host has no readable robots.txt ({status})."),
            "Wystaw /robots.txt programu w katalogu głównym serwera.",
            "Serve the program's own /robots.txt at the host's root.",
        );
    }
    let text = String::from_utf8_lossy(&answer.body);
    match ROBOTS.into_iter().find(|agent| !allows(&text, agent, path)) {
        None => ok(
            "robots",
            "robots.txt pozwala każdemu pobierać kalendarz.",
            "robots.txt lets everybody fetch the feed.",
        ),
        Some(agent) => fault(
            "robots-forbid",
            format!(
                "robots.txt zabrania kalendarza robotowi {agent}; kalendarz Google tego słucha."
            ),
            format!("robots.txt forbids {agent} the feed; Google's calendar obeys."),
            "Pozwól tam na /calendars/.",
            "Allow /calendars/ there.",
        ),
    }
}

/// Who is asked about: everybody, and Google's fetchers.
const ROBOTS: [&str; 3] = ["*", "Googlebot", "Google-Calendar-Importer"];

/// Whether `agent` may fetch `path`: the longest rule of its groups wins, and
/// of two alike the one that allows (RFC 9309, 2.2.2).
fn allows(text: &str, agent: &str, path: &str) -> bool {
    rules(text, agent)
        .or_else(|| rules(text, "*"))
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, pattern)| matches(pattern, path))
        .max_by_key(|(allowed, pattern)| (pattern.len(), *allowed))
        .is_none_or(|(allowed, _)| allowed)
}

/// The rules of all groups that name `agent`; `None` where none does.
fn rules<'a>(text: &'a str, agent: &str) -> Option<Vec<(bool, &'a str)>> {
    let mut found: Option<Vec<(bool, &str)>> = None;
    let (mut concerned, mut in_rules) = (false, false);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        match key.as_str() {
            "user-agent" => {
                // A group begins with one or more of these.
                concerned = value.eq_ignore_ascii_case(agent) || concerned && !in_rules;
                in_rules = false;
                if concerned {
                    found.get_or_insert_default();
                }
            }
            "allow" | "disallow" => {
                in_rules = true;
                // An empty rule is none.
                if concerned && !value.is_empty() {
                    found.get_or_insert_default().push((key == "allow", value));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a rule's pattern covers the beginning of `path`: `*` stands for
/// anything, `$` at the end for the path's own end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let Some((head, tail)) = pattern.split_once('*') else {
        return if to_end {
            path == pattern
        } else {
            path.starts_with(pattern)
        };
    };
    let Some(mut rest) = path.strip_prefix(head) else {
        return false;
    };
    let (middle, last) = tail.rsplit_once('*').unwrap_or(("", tail));
    for part in middle.split('*') {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    if to_end {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_named_group_wins() {
        for (text, agent, expected) in [
            ("", "*", true),
            ("User-agent: *\nDisallow:\n", "*", true),
            ("\u{feff}User-Agent:*\r\nDISALLOW:/ # all\r\n", "*", false),
            (
                "User-agent: *\nDisallow: /\nAllow: /calendars/\n",
                "*",
                true,
            ),
            (
                "User-agent: *\nAllow: /\nDisallow: /calendars/\n",
                "*",
                false,
            ),
            ("User-agent: *\nAllow: /c\nDisallow: /c\n", "*", true),
            ("User-agent: Other\nDisallow: /\n", "*", true),
            (
                "User-agent: Other\nUser-agent: *\nDisallow: /\n",
                "*",
                false,
            ),
            (
                "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /\n",
                "googlebot",
                true,
            ),
            ("User-agent: *\nDisallow: /\n", "Googlebot", false),
            (
                "User-agent: *\nDisallow: /x\nUser-agent: *\nDisallow: /c\n",
                "*",
                false,
            ),
            ("Disallow: /\n", "*", true),
        ] {
            assert_eq!(
                allows(text, agent, "/calendars/all.ics"),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn patterns_match_as_crawlers_match_them() {
        for (pattern, path, expected) in [
            ("/x", "/x.ics", true),
            ("/x$", "/x.ics", false),
            ("/x$", "/x", true),
            ("/*x$", "/xyx", true),
            ("/*y$", "/xyx", false),
            ("*", "/x", true),
            ("/a*b*c", "/a-b-c-d", true),
            ("/a*c*b", "/a-b-c-d", false),
            ("/a*", "/a", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_robots_txt_is_named() {
        for (status, body, severity) in [
            (200, "User-agent: *\nAllow: /\n", Severity::Ok),
            (
                200,
                "User-agent: Googlebot\nDisallow: /c\n",
                Severity::Fault,
            ),
            (200, "<!doctype html>", Severity::Warning),
            (404, "", Severity::Warning),
            (503, "", Severity::Fault),
        ] {
            let answer = Answer::sample(status, &[], body);
            assert_eq!(
                robots(&answer, "/calendars/all.ics").severity,
                severity,
                "{body}"
            );
        }
    }
}
