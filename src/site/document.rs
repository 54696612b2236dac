//! The bytes of one path with everything that an answer says about them:
//! media type, ETag, caching, and their compressed form.

use std::io::Write as _;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::page;

/// A document's bytes and what is said about them.
#[derive(Debug, Clone)]
pub struct Content {
    /// The bytes.
    pub body: Bytes,
    /// The whole Content-Type.
    pub media_type: &'static str,
    /// When the bytes last changed, where that is known; never goes back.
    pub modified: Option<DateTime<Utc>>,
    /// What may be done with them, and what they may do.
    pub policy: Policy,
    /// The name under which a program saves them, and whether it should.
    pub disposition: Option<Disposition>,
    /// Link (RFC 8288), where there is one.
    pub link: Option<String>,
    /// As what requests for them are counted.
    pub labels: MetricLabels,
}

/// As what a request is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricLabels {
    /// The kind of document.
    pub kind: Kind,
    /// The feed that was fetched, where one was.
    pub fetched: Option<Selected>,
}

impl MetricLabels {
    /// What is no document: redirects, refusals, probes.
    pub const OTHER: MetricLabels = MetricLabels {
        kind: Kind::Other,
        fetched: None,
    };
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A calendar to subscribe to or to import.
    Ics,
    /// The sessions for programs.
    Json,
    /// The sessions for a spreadsheet.
    Csv,
    /// What changed.
    Atom,
    /// A page to read, a poster included.
    Page,
    /// What other sites embed.
    Widget,
    /// Files for machines, and what was not found.
    Other,
}

impl Kind {
    /// Every kind, in the order of their counters.
    pub const ALL: [Kind; 7] = [
        Kind::Ics,
        Kind::Json,
        Kind::Csv,
        Kind::Atom,
        Kind::Page,
        Kind::Widget,
        Kind::Other,
    ];

    /// Its name in the metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Ics => "ics",
            Kind::Json => "json",
            Kind::Csv => "csv",
            Kind::Atom => "atom",
            Kind::Page => "page",
            Kind::Widget => "widget",
            Kind::Other => "other",
        }
    }
}

/// Which feed was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selected {
    /// The feed of all districts.
    All,
    /// The feed of one, by its place in the publication's list.
    District(usize),
    /// The feed of several, whichever they are.
    Several,
}

/// What a kind of document may do and who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Cache-Control.
    pub caching: &'static str,
    /// Content-Security-Policy, where a browser shows it with what it links to.
    pub security: Option<&'static str>,
    /// Whether pages of any origin may read and embed it.
    pub any_origin: bool,
}

/// A file name for Content-Disposition, ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disposition {
    /// Shown where it can be (an attachment once broke Google).
    Inline(String),
    /// Saved, or handed to the calendar program to import.
    Attachment(String),
}

/// A document, ready to be answered over and over.
#[derive(Debug)]
pub struct Document {
    content: Content,
    plain: Variant,
    /// `None` inside where compressing would not pay.
    gzipped: OnceLock<Option<Variant>>,
}

/// One encoding of a document with the headers of its answers, made once.
#[derive(Debug)]
pub struct Variant {
    /// The strong tag of these very bytes.
    pub etag: HeaderValue,
    /// The bytes.
    pub body: Bytes,
    /// The headers for who does not hold these bytes.
    pub ok: HeaderMap,
    /// The headers for who does: only what a cache must refresh (RFC 9110,
    /// 15.4.5). It keeps the others with the bytes.
    pub not_modified: HeaderMap,
}

/// `cross-origin` lets pages that ask for it of all that they load (COEP)
/// embed a document of ours (Fetch, 3.6).
pub const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Below this many bytes the gzip frame outweighs what it saves.
const WORTH_COMPRESSING: usize = 512;

impl Document {
    /// The document of `content`.
    pub fn new(content: Content) -> Document {
        let etag = format!("\"{}\"", hex(&Sha256::digest(&content.body)[..16]));
        let plain = Variant::new(&content, content.body.clone(), etag, None);
        Document {
            content,
            plain,
            gzipped: OnceLock::new(),
        }
    }

    /// What it was made of.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The document as it is.
    pub fn plain(&self) -> &Variant {
        &self.plain
    }

    /// The document compressed, once, when it is first asked for; `None`
    /// where that does not pay.
    pub fn gzipped(&self) -> Option<&Variant> {
        self.gzipped.get_or_init(|| self.compress()).as_ref()
    }

    /// Whether [`Document::gzipped`] takes no work any more.
    pub fn is_compressed(&self) -> bool {
        self.gzipped.get().is_some()
    }

    /// Bytes of memory that it may take, compressed form and the heads of its
    /// four answers included.
    pub fn weight(&self) -> u64 {
        let overhead = 6 * 1_024;
        (self.content.body.len() + self.content.body.len() / 4 + overhead) as u64
    }

    fn compress(&self) -> Option<Variant> {
        let body = &self.content.body;
        if body.len() < WORTH_COMPRESSING || self.content.media_type.starts_with("image/png") {
            return None;
        }
        // The encoder writes no time and no name: same bytes, same result.
        let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(6));
        let zipped = encoder
            .write_all(body)
            .and_then(|()| encoder.finish())
            .expect("writing into memory does not fail");
        if zipped.len() >= body.len() {
            return None;
        }
        let tag = self
            .plain
            .etag
            .to_str()
            .expect("the tag was made of hexadecimal digits");
        let etag = format!("{}-gz\"", tag.trim_end_matches('"'));
        Some(Variant::new(
            &self.content,
            Bytes::from(zipped),
            etag,
            Some("gzip"),
        ))
    }
}

impl Variant {
    fn new(
        content: &Content,
        body: Bytes,
        etag: String,
        encoding: Option<&'static str>,
    ) -> Variant {
        let etag = HeaderValue::try_from(etag).expect("a tag is ASCII");
        let mut not_modified = HeaderMap::with_capacity(16);
        not_modified.insert(header::ETAG, etag.clone());
        if let Some(modified) = content.modified {
            let modified = httpdate::fmt_http_date(modified.into());
            let modified = HeaderValue::try_from(modified).expect("a date is ASCII");
            not_modified.insert(header::LAST_MODIFIED, modified);
        }
        let policy = &content.policy;
        set(&mut not_modified, header::CACHE_CONTROL, policy.caching);
        set(&mut not_modified, header::VARY, "accept-encoding");
        if policy.any_origin {
            // A script that sends If-None-Match itself is shown the 304.
            set(&mut not_modified, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }

        let mut ok = not_modified.clone();
        set(&mut ok, header::CONTENT_TYPE, content.media_type);
        set(&mut ok, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        if policy.any_origin {
            set(&mut ok, RESOURCE_POLICY, "cross-origin");
            set(
                &mut ok,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                "ETag, Content-Location",
            );
        }
        if let Some(security) = policy.security {
            set(&mut ok, header::REFERRER_POLICY, page::REFERRER_POLICY);
            set(&mut ok, header::CONTENT_SECURITY_POLICY, security);
        }
        if let Some(link) = &content.link {
            let link = HeaderValue::try_from(link).expect("an address is ASCII");
            ok.insert(header::LINK, link);
        }
        if let Some(encoding) = encoding {
            set(&mut ok, header::CONTENT_ENCODING, encoding);
        }
        if let Some(disposition) = &content.disposition {
            let (how, name) = match disposition {
                Disposition::Inline(name) => ("inline", name),
                Disposition::Attachment(name) => ("attachment", name),
            };
            let value = HeaderValue::try_from(format!("{how}; filename=\"{name}\""))
                .expect("file names are made of ids, which are ASCII");
            ok.insert(header::CONTENT_DISPOSITION, value);
        }
        Variant {
            etag,
            body,
            ok,
            not_modified,
        }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
