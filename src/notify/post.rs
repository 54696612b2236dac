//! One POST to a sink or a hub -> its status, within ten seconds.

use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Position, Url};

use crate::doctor::client::trusted_roots;

/// How long one attempt may take, from the name's look-up to the status.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why something was not taken.
#[derive(Debug)]
pub(super) enum Failure {
    /// No whole answer within [`PATIENCE`].
    Slow,
    /// The address's host has no name, does not listen, or breaks off.
    Network(Box<dyn std::error::Error + Send + Sync>),
    /// An answer that is no success; a redirect is none.
    Status(StatusCode),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Slow => write!(formatter, "no answer within {} s", PATIENCE.as_secs()),
            Failure::Network(error) => write!(formatter, "{error}"),
            Failure::Status(status) if status.is_redirection() => {
                write!(
                    formatter,
                    "it answered {status}, and redirects are not followed"
                )
            }
            Failure::Status(status) => write!(formatter, "it answered {status}"),
        }
    }
}

/// Posts to http and https addresses, each time on a connection of its own.
pub(super) struct Poster(TlsConnector);

impl Poster {
    pub(super) fn new() -> Poster {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks every version")
            .with_root_certificates(trusted_roots())
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Poster(TlsConnector::from(Arc::new(config)))
    }

    /// Posts `body` with `headers`.
    ///
    /// # Errors
    /// It was not taken: no answer, or none of 2xx.
    pub(super) async fn post(
        &self,
        url: &Url,
        headers: &[(&str, String)],
        body: String,
    ) -> Result<(), Failure> {
        match timeout(PATIENCE, self.exchange(url, headers, body)).await {
            Err(_) => Err(Failure::Slow),
            Ok(Err(error)) => Err(Failure::Network(error)),
            Ok(Ok(status)) if status.is_success() => Ok(()),
            Ok(Ok(status)) => Err(Failure::Status(status)),
        }
    }

    async fn exchange(
        &self,
        url: &Url,
        headers: &[(&str, String)],
        body: String,
    ) -> Result<StatusCode, Box<dyn std::error::Error + Send + Sync>> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_or_known_default().unwrap_or(80);
        let mut request = Request::post(&url[Position::BeforePath..Position::AfterQuery])
            .header("host", &url[Position::BeforeHost..Position::AfterPort])
            .header(
                "user-agent",
                concat!("spotkajmy/", env!("CARGO_PKG_VERSION")),
            );
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        if let Some(credentials) = credentials(url) {
            request = request.header("authorization", credentials);
        }
        let request = request.body(Full::new(Bytes::from(body)))?;
        let stream = connect(host, port).await?;
        if url.scheme() == "http" {
            return talk(stream, request).await;
        }
        let name = ServerName::try_from(host.to_owned())?;
        talk(self.0.connect(name, stream).await?, request).await
    }
}

/// `https://name:password@…` is asked as RFC 7617 has it.
fn credentials(url: &Url) -> Option<String> {
    let password = url.password().unwrap_or_default();
    let pair = format!("{}:{password}", url.username());
    let pair: Vec<u8> = percent_decode_str(&pair).collect();
    (pair != b":").then(|| format!("Basic {}", STANDARD.encode(pair)))
}

/// Connects to the first address of `host` that answers. A silent one leaves
/// time for the next: many a host's IPv6 leads nowhere.
async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut failure = io::ErrorKind::NotFound.into();
    for address in lookup_host((host, port)).await? {
        match timeout(PATIENCE / 4, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => failure = error,
            Err(_) => failure = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(failure)
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<StatusCode, Box<dyn std::error::Error + Send + Sync>> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let status = sender.send_request(request).await?.status();
    // What else it says is not read.
    connection.abort();
    Ok(status)
}
