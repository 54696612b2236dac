//! One question to a server -> its answer, bounded in time and size.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use chrono::Utc;
use hyper::Method;
use rustls::CertificateError;
use ureq::Agent;
use ureq::config::AutoHeaderValue;
use ureq::tls::TlsConfig;

use super::address::FeedAddress;
use super::answer::Answer;

/// How long one answer may take, its body included.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long all answers together may take.
const PATIENCE_FOR_ALL: Duration = Duration::from_secs(90);

/// The most bytes of a body that are read: some 15,000 sessions.
const LARGEST: u64 = 16 << 20;

/// Asks a deployment.
pub struct Client {
    agent: Agent,
    trust: Trust,
    until: Instant,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The host's name has no address.
    NoSuchHost,
    /// Nothing listens there.
    Refused,
    /// It took too long.
    TimedOut,
    /// The connection was closed without an answer.
    Closed,
    /// The network says something else.
    Network(String),
    /// The certificate is not to be trusted.
    Certificate(CertificateFault),
    /// Something answers, but not TLS as programs speak it.
    NotTls(String),
    /// Something answers, but not HTTP.
    NotHttp(String),
}

impl Failure {
    /// Whether nothing was reached at all.
    pub fn is_unreachable(&self) -> bool {
        !matches!(
            self,
            Failure::Certificate(_) | Failure::NotTls(_) | Failure::NotHttp(_)
        )
    }
}

/// Why a certificate is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateFault {
    /// Its time has run out.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// It is another host's.
    OtherName,
    /// Nobody known vouches for it: self-signed, or its chain is sent
    /// incomplete.
    UnknownIssuer,
    /// Something else, in rustls's words.
    Other(String),
}

/// Whether certificates are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Against the roots that browsers trust.
    WebRoots,
    /// Not at all: to look on behind a certificate already found wanting.
    /// Nothing secret is ever sent.
    Anybody,
}

impl Client {
    /// A client that follows no redirect, keeps no cookie and adds no header
    /// of its own but Host and User-Agent.
    pub fn new(trust: Trust) -> Client {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .user_agent(concat!("spotkajmy-doctor/", env!("CARGO_PKG_VERSION")))
            .tls_config(
                TlsConfig::builder()
                    .disable_verification(trust == Trust::Anybody)
                    .build(),
            )
            .build()
            .into();
        Client {
            agent,
            trust,
            until: Instant::now() + PATIENCE_FOR_ALL,
        }
    }

    /// Whether it checks certificates.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Asks for `address`.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub fn ask(
        &self,
        method: Method,
        address: &FeedAddress,
        headers: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::TimedOut);
        }
        let mut request = hyper::Request::builder().method(method).uri(address.url());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .body(())
            .map_err(|error| Failure::NotHttp(error.to_string()))?;
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(left.min(PATIENCE)))
            .build();
        let mut response = self.agent.run(request).map_err(failure)?;
        let mut body = Vec::new();
        response
            .body_mut()
            .as_reader()
            .take(LARGEST + 1)
            .read_to_end(&mut body)
            .map_err(|error| failure(error.into()))?;
        let is_whole = body.len() as u64 <= LARGEST;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body,
            is_whole,
            received: Utc::now(),
        })
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::HostNotFound => Failure::NoSuchHost,
        ureq::Error::Timeout(_) => Failure::TimedOut,
        ureq::Error::Rustls(error) => tls_failure(&error),
        ureq::Error::Tls(reason) => Failure::NotTls(reason.to_owned()),
        ureq::Error::Io(error) => io_failure(&error),
        ureq::Error::Protocol(_)
        | ureq::Error::Http(_)
        | ureq::Error::LargeResponseHeader(..)
        | ureq::Error::BodyStalled => Failure::NotHttp(error.to_string()),
        other => Failure::Network(other.to_string()),
    }
}

/// The handshake's errors come wrapped in those of its socket.
fn io_failure(error: &io::Error) -> Failure {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    if let Some(inner) = inner {
        return tls_failure(inner);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Refused,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::TimedOut,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Network(error.to_string()),
    }
}

fn tls_failure(error: &rustls::Error) -> Failure {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return Failure::NotTls(error.to_string());
    };
    Failure::Certificate(match certificate {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            CertificateFault::Expired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateFault::OtherName
        }
        CertificateError::UnknownIssuer => CertificateFault::UnknownIssuer,
        // webpki says so of a self-signed certificate that calls itself an
        // authority.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            CertificateFault::UnknownIssuer
        }
        other => CertificateFault::Other(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_told_apart() {
        let tls = |error| ureq::Error::Io(io::Error::new(io::ErrorKind::InvalidData, error));
        let certificate = |error| tls(rustls::Error::InvalidCertificate(error));
        for (error, expected) in [
            (ureq::Error::HostNotFound, Failure::NoSuchHost),
            (
                ureq::Error::Timeout(ureq::Timeout::Global),
                Failure::TimedOut,
            ),
            (
                ureq::Error::Io(io::ErrorKind::ConnectionRefused.into()),
                Failure::Refused,
            ),
            (
                ureq::Error::Io(io::ErrorKind::UnexpectedEof.into()),
                Failure::Closed,
            ),
            (
                certificate(CertificateError::Expired),
                Failure::Certificate(CertificateFault::Expired),
            ),
            (
                certificate(CertificateError::NotValidForName),
                Failure::Certificate(CertificateFault::OtherName),
            ),
            (
                certificate(CertificateError::UnknownIssuer),
                Failure::Certificate(CertificateFault::UnknownIssuer),
            ),
            (
                ureq::Error::Rustls(rustls::Error::HandshakeNotComplete),
                Failure::NotTls("handshake not complete".to_owned()),
            ),
        ] {
            assert_eq!(failure(error), expected);
        }
        assert!(Failure::Refused.is_unreachable());
        assert!(!Failure::Certificate(CertificateFault::Expired).is_unreachable());
    }
}
