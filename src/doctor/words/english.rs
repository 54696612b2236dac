//! The findings in English.

use super::{Said, ill, shown, well};
use crate::doctor::client::{CertificateFault, Failure};
use crate::doctor::finding::{Breakage, Finding};

/// What a proxy in front must not do.
const PASS_ON: &str = "Let the proxy in front pass the program's headers on unchanged.";

/// How many faults and warnings there were.
pub fn summary(faults: usize, warnings: usize) -> String {
    let count = |number: usize, word: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {word}{plural}")
    };
    match (faults, warnings) {
        (0, 0) => "All is well.".to_owned(),
        (0, _) => format!("No faults, {}.", count(warnings, "warning")),
        (_, 0) => format!("{}.", count(faults, "fault")),
        _ => format!(
            "{}, {}.",
            count(faults, "fault"),
            count(warnings, "warning")
        ),
    }
}

/// A finding and its mend.
#[allow(
    clippy::too_many_lines,
    reason = "one match, so that a finding without words does not compile"
)]
pub fn said(finding: &Finding) -> Said {
    match finding {
        Finding::Reached { url } => well(format!("The feed's address answers: {}.", shown(url))),
        Finding::Unreachable { url, why } => ill(
            format!("{}: {}.", shown(url), failure(why)),
            "Check the address, that the program runs, and that the firewall and the proxy let requests through.",
        ),
        Finding::Unanswered { url, why } => ill(
            format!("{}: {}.", shown(url), failure(why)),
            "Other requests were answered; look into the proxy's and the program's logs for this one.",
        ),
        Finding::CertificateValid { host } => {
            well(format!("The certificate of {} is valid.", shown(host)))
        }
        Finding::CertificateRefused { host, why } => {
            let (what, mend) = certificate(why);
            ill(
                format!(
                    "The certificate of {} {what}, so programs refuse the feed.",
                    shown(host)
                ),
                mend,
            )
        }
        Finding::Unencrypted => ill(
            "The feed comes over http, which anybody on the way can read and change.",
            "Put a proxy with a certificate in front and give residents the https address.",
        ),
        Finding::HttpRedirects { status } => {
            well(format!("http leads to the same path at https ({status})."))
        }
        Finding::HttpRedirectsForNow { status } => ill(
            format!("http leads to https only for now ({status})."),
            "Answer 301 or 308 there.",
        ),
        Finding::HttpRedirectsElsewhere { to, expected } => ill(
            format!("http leads to {}, where there is no such feed.", shown(to)),
            format!("Redirect to the same path: {}.", shown(expected)),
        ),
        Finding::HttpAnswers { status, expected } => ill(
            format!("http answers by itself ({status}) instead of leading to https."),
            format!("Redirect with 301 or 308 to {}.", shown(expected)),
        ),
        Finding::HttpSilent { why, expected } => ill(
            format!(
                "http: {}; Thunderbird and ICSx5 turn webcal links into http.",
                failure(why)
            ),
            format!(
                "Listen on port 80 too and redirect with 301 or 308 to {}.",
                shown(expected)
            ),
        ),
        Finding::Downgrade { to } => ill(
            format!("https leads back to http: {}.", shown(to)),
            "Remove that redirect: programs do not follow it.",
        ),
        Finding::LostRedirect { status } => ill(
            format!("A redirect ({status}) leads to no web address."),
            "Correct its Location, or remove it.",
        ),
        Finding::TooManyRedirects => ill(
            "One redirect leads to the next, more than five times.",
            "Let the address answer itself.",
        ),
        Finding::MovedForGood { to } => {
            well(format!("The address leads for good to {}.", shown(to)))
        }
        Finding::MovedForNow { status, to } => ill(
            format!("The address leads for now ({status}) to {}.", shown(to)),
            "Answer 308 there, or give residents that address.",
        ),
        Finding::AddressFits { length } => well(format!(
            "The address has {length} characters, of the 256 that Google takes."
        )),
        Finding::AddressTooLong { length } => ill(
            format!(
                "The address has {length} characters; Google drops those above 256 in silence."
            ),
            "Choose fewer districts, or a shorter public address.",
        ),
        Finding::AddressHasQuery => ill(
            "The address has a query, which some programs and caches lose.",
            "Give residents the address /calendars/….ics.",
        ),

        Finding::LoginWanted { status } => ill(
            format!("A login stands before the feed ({status}); programs cannot log in."),
            "Open /calendars/ to everybody in the proxy.",
        ),
        Finding::Challenged { status } => ill(
            format!("A wall against robots stands before the feed ({status}); calendar programs are robots."),
            "Exempt /calendars/ from challenges, filters and request limits.",
        ),
        Finding::WebPage => ill(
            "A web page comes instead of a calendar: a login, a challenge, or another site.",
            "Exempt /calendars/ from logins and challenges, and check the address.",
        ),
        Finding::NoFeed { status: status @ 500.. } => ill(
            format!("The feed's address answers with an error ({status})."),
            "Check that the program runs and that the proxy reaches it.",
        ),
        Finding::NoFeed { status } => ill(
            format!("There is no feed at this address ({status})."),
            "Give the site's root or a feed's address; check that the proxy passes whole paths on.",
        ),
        Finding::MediaType => well("Content-Type is text/calendar with charset=utf-8."),
        Finding::Charset { found } => ill(
            format!("Content-Type is {}, which garbles Polish letters in some programs.", shown(found)),
            "It must be text/calendar; charset=utf-8.",
        ),
        Finding::OtherMediaType { found } => ill(
            match found {
                Some(found) => format!("Content-Type is {}, which iOS refuses.", shown(found)),
                None => "There is no Content-Type; iOS refuses the feed.".to_owned(),
            },
            "It must be text/calendar; charset=utf-8.",
        ),
        Finding::Inline => well("The feed is shown, not offered as a download."),
        Finding::Attachment => ill(
            "Content-Disposition makes a download of the feed.",
            "It must be inline.",
        ),
        Finding::AnyOrigin => well("Calendars on other sites may read the feed (CORS)."),
        Finding::OwnOriginOnly { found } => ill(
            match found {
                Some(found) => format!("Access-Control-Allow-Origin is {}: calendars on other sites cannot read the feed.", shown(found)),
                None => "There is no Access-Control-Allow-Origin: calendars on other sites cannot read the feed.".to_owned(),
            },
            "It must be *.",
        ),
        Finding::NoCookie => well("No cookie is set."),
        Finding::Cookie { name } => ill(
            format!("A cookie is set: {}.", shown(name)),
            "Turn it off in the proxy for this site: nobody consented, and shared caches keep no such answer.",
        ),
        Finding::Head => well("HEAD is answered like GET."),
        Finding::HeadRefused { status } => ill(
            format!("HEAD is answered with {status}; Thunderbird asks it first."),
            "Let the proxy pass HEAD on.",
        ),
        Finding::HeadDiffers { header } => ill(
            format!("HEAD's {header} is not that of GET."),
            PASS_ON,
        ),
        Finding::EveryProgram => well("Google, Outlook and Thunderbird get the same feed."),
        Finding::ProgramRefused { program, status } => ill(
            format!("Who asks as {program} does gets {status}."),
            "Remove filters by User-Agent, Accept or Authorization for /calendars/.",
        ),
        Finding::ProgramTold { program } => ill(
            format!("Who asks as {program} does gets something else."),
            "Remove filters by User-Agent, Accept or Authorization for /calendars/.",
        ),
        Finding::ClockRight => well("The server's clock is right."),
        Finding::ClockOff { seconds } => ill(
            format!(
                "The server's clock is {} {} this machine's.",
                amount(*seconds),
                if *seconds > 0 { "ahead of" } else { "behind" }
            ),
            "Let both take their time from the network (NTP).",
        ),
        Finding::NoClock => ill("The answer has no readable Date.", PASS_ON),
        Finding::ModifiedInFuture { seconds } => ill(
            format!("Last-Modified lies in the future, {} ahead of this machine's clock.", amount(*seconds)),
            "Put the server's clock right (NTP); the next edit mends the date.",
        ),

        Finding::TagHonoured => well("Who holds the feed is told so, by its ETag (304)."),
        Finding::NoTag => ill(
            "There is no ETag: the whole feed goes out each time.",
            PASS_ON,
        ),
        Finding::TagIgnored { status } => ill(
            format!(
                "If-None-Match with the feed's own ETag is answered with {status} instead of 304."
            ),
            "Let the proxy pass If-None-Match on, and change neither ETag nor body.",
        ),
        Finding::TagFrozen => ill(
            "A foreign ETag is answered with 304: subscribers' calendars freeze.",
            "Correct the cache in front; it must compare the whole tag.",
        ),
        Finding::DateHonoured => well("Who holds the feed is told so, by its date (304)."),
        Finding::NoDate => ill(
            "There is no readable Last-Modified; Apple's calendar takes the whole feed each time.",
            PASS_ON,
        ),
        Finding::DateIgnored { status } => ill(
            format!(
                "If-Modified-Since with the feed's own date is answered with {status} instead of 304."
            ),
            "Let the proxy pass If-Modified-Since on.",
        ),
        Finding::DateFrozen => ill(
            "An older date is answered with 304: calendars on Apple's devices freeze.",
            "Correct the cache in front; it must compare the dates.",
        ),
        Finding::Compressed => {
            well("The feed is compressed for who asks, with an ETag of its own.")
        }
        Finding::Uncompressed => well("The feed is never compressed."),
        Finding::CompressedUnasked { coding } => ill(
            format!(
                "The feed is compressed ({}) for who did not ask, which Outlook cannot read.",
                shown(coding)
            ),
            "Compress only where Accept-Encoding allows it.",
        ),
        Finding::OtherCoding { coding } => ill(
            format!("Who asks for gzip gets {}.", shown(coding)),
            "Compress only as Accept-Encoding allows.",
        ),
        Finding::SharedTag => ill(
            "The compressed feed has the same strong ETag as the plain one.",
            "Turn off compression in the proxy: the program compresses by itself.",
        ),
        Finding::NoVary => ill(
            "Vary does not name Accept-Encoding: a cache may hand the compressed feed to Outlook.",
            PASS_ON,
        ),
        Finding::CompressedWrongly => ill(
            "What the compressed feed holds is not the feed.",
            "Empty the cache in front and turn off its compression.",
        ),

        Finding::Calendar { events: 1 } => well("The feed is a readable calendar with 1 event."),
        Finding::Calendar { events } => well(format!(
            "The feed is a readable calendar with {events} events."
        )),
        Finding::NoEvents { is_of_all } => ill(
            "The feed has no event.",
            if *is_of_all {
                "Check that the program was started with the right --schedule."
            } else {
                "That is right only for a district where nothing was ever announced."
            },
        ),
        Finding::Broken {
            line,
            breakage: broken,
        } => ill(
            format!(
                "Line {line} of the feed {}, which programs refuse.",
                breakage(broken)
            ),
            "Whatever stands between the program and this address must not change the bytes.",
        ),
        Finding::TooLong => ill(
            "The feed is longer than 16 MiB; programs give up long before.",
            "Check the address and the schedule.",
        ),
        Finding::PublicUrl { url } => well(format!(
            "The feed names the address where it was found: {}.",
            shown(url)
        )),
        Finding::OtherPublicUrl { found, named } => ill(
            format!(
                "The feed says that it stands at {}; all its links lead there.",
                shown(named)
            ),
            format!("Start the program with --public-url {}.", shown(found)),
        ),
        Finding::NoPublicUrl => ill(
            "The feed does not name its own address (SOURCE).",
            "Check that the address is one of this program's.",
        ),
        Finding::UnknownDistrict => well("A district that does not exist is a 404."),
        Finding::UnknownDistrictServed { calendar: true } => ill(
            "A district that does not exist has a calendar.",
            "Let the proxy pass the program's 404 on: a wrong address must not look like an empty calendar.",
        ),
        Finding::UnknownDistrictServed { calendar: false } => ill(
            "A district that does not exist is answered with a page or a redirect.",
            "Let the proxy pass the program's 404 on: a page clears the calendar in Evolution.",
        ),
        Finding::UnknownDistrictGone => ill(
            "A district that does not exist is answered with 410, on which Thunderbird gives the calendar up.",
            "Answer 404.",
        ),
        Finding::UnknownDistrictStatus { status } => ill(
            format!("A district that does not exist is answered with {status}."),
            "Answer 404.",
        ),
        Finding::Json { sessions: 1 } => well("1 session comes as JSON too."),
        Finding::Json { sessions } => well(format!("{sessions} sessions come as JSON too.")),
        Finding::NoJson { status } => ill(
            format!("The sessions do not come as JSON ({status})."),
            "Let the proxy pass /calendars/….json on.",
        ),
        Finding::OtherJson => ill(
            "What stands at the .json address is not the sessions.",
            "Let the proxy pass /calendars/….json on.",
        ),
        Finding::Robots => well("robots.txt lets everybody fetch the feed."),
        Finding::NoRobots { status } => ill(
            format!("The host has no robots.txt ({status})."),
            "Serve the program's own /robots.txt at the host's root.",
        ),
        Finding::RobotsFailing { status } => ill(
            format!("robots.txt answers with an error ({status}), which Google takes for a no."),
            "Serve the program's own /robots.txt at the host's root.",
        ),
        Finding::RobotsPage => ill(
            "A web page stands where robots.txt should.",
            "Serve the program's own /robots.txt at the host's root.",
        ),
        Finding::RobotsForbid { agent } => ill(
            format!("robots.txt forbids {agent} the feed; Google's calendar obeys."),
            "Allow /calendars/ there.",
        ),
    }
}

fn failure(failure: &Failure) -> String {
    match failure {
        Failure::NoSuchHost => "no such host is known".to_owned(),
        Failure::Refused => "nothing listens there".to_owned(),
        Failure::TimedOut => "no whole answer came in time".to_owned(),
        Failure::Closed => "the connection was closed without an answer".to_owned(),
        Failure::Network(error) => format!("the network failed ({})", shown(error)),
        Failure::Certificate(why) => format!("the certificate {}", certificate(why).0),
        Failure::NotTls(error) => format!(
            "what answers does not speak TLS as programs do ({})",
            shown(error)
        ),
        Failure::NotHttp(error) => format!("what answers does not speak HTTP ({})", shown(error)),
    }
}

fn certificate(fault: &CertificateFault) -> (String, &'static str) {
    match fault {
        CertificateFault::Expired => (
            "has expired".to_owned(),
            "Renew it, and see why it was not renewed by itself.",
        ),
        CertificateFault::NotYetValid => {
            ("is not valid yet".to_owned(), "Check the clocks, or wait.")
        }
        CertificateFault::OtherName => ("is for another name".to_owned(), "Get one for this name."),
        CertificateFault::UnknownIssuer => (
            "is vouched for by nobody that programs know".to_owned(),
            "Send the whole chain (fullchain.pem), and no self-signed certificate.",
        ),
        CertificateFault::Other(error) => {
            (format!("is wrong ({})", shown(error)), "Get a new one.")
        }
    }
}

fn breakage(breakage: &Breakage) -> String {
    match breakage {
        Breakage::Bom => "begins with a byte order mark".to_owned(),
        Breakage::NotUtf8 => "is not UTF-8".to_owned(),
        Breakage::NoCalendar => "is not BEGIN:VCALENDAR".to_owned(),
        Breakage::CutOff => "is the last, before the calendar's end".to_owned(),
        Breakage::AfterEnd => "comes after the calendar's end".to_owned(),
        Breakage::LineEnd => "does not end with CRLF".to_owned(),
        Breakage::EmptyLine => "is empty".to_owned(),
        Breakage::LongLine { octets } => format!("has {octets} octets, above 75"),
        Breakage::NoProperty => "is no property".to_owned(),
        Breakage::Unbalanced { name } => format!("ends a {} that was not begun", shown(name)),
        Breakage::Missing {
            component,
            property,
        } => format!("ends a {component} without {property}"),
        Breakage::Method => "is a METHOD".to_owned(),
        Breakage::SameUid { uid } => format!("repeats the UID {}", shown(uid)),
        Breakage::UnknownZone { name } => format!(
            "is in the time zone {}, which the feed does not define",
            shown(name)
        ),
    }
}

/// Seconds in a unit that is easily read.
fn amount(seconds: i64) -> String {
    match seconds.unsigned_abs() {
        seconds @ 0..600 => format!("{seconds} s"),
        seconds @ 600..172_800 => format!("{} min", seconds / 60),
        seconds => format!("{} days", seconds / 86_400),
    }
}
