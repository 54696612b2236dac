//! What was found out about one thing that calendar programs rely on.

use super::client::{CertificateFault, Failure};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// As it should be.
    Ok,
    /// Subscribers may not notice, but it is not as it should be.
    Warning,
    /// Some subscribers miss changes, or everything.
    Fault,
}

/// What was found out about one thing. Statuses are HTTP's; addresses are
/// whole.
#[allow(
    missing_docs,
    reason = "each variant says what it is about; its fields are the measures of that"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The feed's address answers.
    Reached { url: String },
    /// The feed's address does not answer.
    Unreachable { url: String, why: Failure },
    /// One of the other questions got no answer.
    Unanswered { url: String, why: Failure },

    /// The certificate is valid.
    CertificateValid { host: String },
    /// The certificate is not.
    CertificateRefused { host: String, why: CertificateFault },
    /// The feed goes over the network for everybody to read and change.
    Unencrypted,
    /// http leads to https for good.
    HttpRedirects { status: u16 },
    /// http leads to https for now.
    HttpRedirectsForNow { status: u16 },
    /// http leads to another place than the same path.
    HttpRedirectsElsewhere { to: String, expected: String },
    /// http answers by itself.
    HttpAnswers { status: u16, expected: String },
    /// Nothing answers at http.
    HttpSilent { why: Failure, expected: String },
    /// https leads to http.
    Downgrade { to: String },
    /// A redirect leads to no address.
    LostRedirect { status: u16 },
    /// One redirect leads to the next.
    TooManyRedirects,
    /// The feed has moved for good.
    MovedForGood { to: String },
    /// The feed has moved for now.
    MovedForNow { status: u16, to: String },
    /// The address is as programs like it.
    AddressFits { length: usize },
    /// Google takes no longer ones than 256 characters.
    AddressTooLong { length: usize },
    /// The address has a query.
    AddressHasQuery,

    /// A login stands before the feed.
    LoginWanted { status: u16 },
    /// A challenge or a limit stands before the feed.
    Challenged { status: u16 },
    /// A web page came instead of a calendar.
    WebPage,
    /// Nothing, or an error, is at the feed's address.
    NoFeed { status: u16 },
    /// Content-Type is right.
    MediaType,
    /// Content-Type lacks `charset=utf-8`, or names another.
    Charset { found: String },
    /// Content-Type is another.
    OtherMediaType { found: Option<String> },
    /// The feed is shown, not saved.
    Inline,
    /// The feed is offered to save.
    Attachment,
    /// Pages of every origin may read it.
    AnyOrigin,
    /// They may not.
    OwnOriginOnly { found: Option<String> },
    /// No cookie.
    NoCookie,
    /// A cookie.
    Cookie { name: String },
    /// HEAD is answered like GET.
    Head,
    /// HEAD is not answered with 200.
    HeadRefused { status: u16 },
    /// A header of HEAD's answer is not GET's.
    HeadDiffers { header: &'static str },
    /// Every program is answered alike.
    EveryProgram,
    /// One is not.
    ProgramRefused { program: &'static str, status: u16 },
    /// One is, but with other bytes.
    ProgramTold { program: &'static str },

    /// Who holds the bytes, by their tag, gets 304.
    TagHonoured,
    /// There is no tag.
    NoTag,
    /// Who holds the bytes gets them again.
    TagIgnored { status: u16 },
    /// Who holds other bytes gets 304.
    TagFrozen,
    /// Who holds the bytes, by their date, gets 304.
    DateHonoured,
    /// There is no date.
    NoDate,
    /// Who holds the bytes gets them again.
    DateIgnored { status: u16 },
    /// Who holds older bytes gets 304.
    DateFrozen,
    /// Compressed for who asks, with a tag of its own.
    Compressed,
    /// Not compressed, for nobody.
    Uncompressed,
    /// Compressed unasked.
    CompressedUnasked { coding: String },
    /// Compressed in a way that was not asked for.
    OtherCoding { coding: String },
    /// Both forms have one strong tag.
    SharedTag,
    /// Caches are not told that there are two forms.
    NoVary,
    /// What was compressed is not the feed.
    CompressedWrongly,

    /// Both clocks agree.
    ClockRight,
    /// They do not; positive where the server is ahead.
    ClockOff { seconds: i64 },
    /// There is no Date.
    NoClock,
    /// The feed changes in the future, by its own Last-Modified.
    ModifiedInFuture { seconds: i64 },

    /// The feed is a calendar.
    Calendar { events: usize },
    /// It is one, but without events.
    NoEvents { is_of_all: bool },
    /// It is none, or one that programs refuse.
    Broken { line: usize, breakage: Breakage },
    /// It is too long to read whole.
    TooLong,
    /// The feed names the address where it was found.
    PublicUrl { url: String },
    /// The feed names another.
    OtherPublicUrl { found: String, named: String },
    /// The feed names none.
    NoPublicUrl,
    /// An unknown district is a 404.
    UnknownDistrict,
    /// An unknown district has a calendar.
    UnknownDistrictServed { calendar: bool },
    /// An unknown district is said to be gone.
    UnknownDistrictGone,
    /// An unknown district is answered otherwise.
    UnknownDistrictStatus { status: u16 },
    /// The sessions come as JSON too.
    Json { sessions: usize },
    /// They do not.
    NoJson { status: u16 },
    /// What comes is not they.
    OtherJson,

    /// robots.txt lets everybody fetch the feed.
    Robots,
    /// There is no robots.txt.
    NoRobots { status: u16 },
    /// robots.txt cannot be read, which crawlers take for a no.
    RobotsFailing { status: u16 },
    /// A web page stands where robots.txt should.
    RobotsPage,
    /// It forbids the feed.
    RobotsForbid { agent: &'static str },
}

/// What is wrong with a line of a calendar.
#[allow(
    missing_docs,
    reason = "each variant says what it is about; its fields are the measures of that"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breakage {
    /// The file begins with a byte order mark.
    Bom,
    /// Not UTF-8.
    NotUtf8,
    /// Does not begin with `BEGIN:VCALENDAR`.
    NoCalendar,
    /// No `END:VCALENDAR` at the end: it was cut off.
    CutOff,
    /// Something after the calendar's end.
    AfterEnd,
    /// Ends with LF instead of CRLF.
    LineEnd,
    /// Empty.
    EmptyLine,
    /// Longer than 75 octets.
    LongLine { octets: usize },
    /// Not `NAME:value`.
    NoProperty,
    /// `END` of something that was not begun last.
    Unbalanced { name: String },
    /// A component or calendar without what it must have.
    Missing {
        component: &'static str,
        property: &'static str,
    },
    /// METHOD: servers refuse it, and Outlook takes it for an invitation.
    Method,
    /// An event's UID comes twice.
    SameUid { uid: String },
    /// A time in a zone that the calendar does not define.
    UnknownZone { name: String },
}

impl Finding {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        match self {
            Finding::Reached { .. }
            | Finding::CertificateValid { .. }
            | Finding::HttpRedirects { .. }
            | Finding::MovedForGood { .. }
            | Finding::AddressFits { .. }
            | Finding::MediaType
            | Finding::Inline
            | Finding::AnyOrigin
            | Finding::NoCookie
            | Finding::Head
            | Finding::EveryProgram
            | Finding::TagHonoured
            | Finding::DateHonoured
            | Finding::Compressed
            | Finding::Uncompressed
            | Finding::ClockRight
            | Finding::Calendar { .. }
            | Finding::PublicUrl { .. }
            | Finding::UnknownDistrict
            | Finding::Json { .. }
            | Finding::Robots => Severity::Ok,
            Finding::Unencrypted
            | Finding::HttpRedirectsForNow { .. }
            | Finding::MovedForNow { .. }
            | Finding::AddressHasQuery
            | Finding::NoClock
            | Finding::NoEvents { is_of_all: false }
            | Finding::NoPublicUrl
            | Finding::UnknownDistrictStatus { .. }
            | Finding::NoRobots { .. } => Severity::Warning,
            _ => Severity::Fault,
        }
    }
}
