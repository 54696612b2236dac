//! One question to a server -> its answer, bounded in time and size.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use super::answer::{Answer, Failure, Validity};

/// The most bytes of a body that are read: some 15,000 sessions.
pub(super) const LARGEST: usize = 16 << 20;

const USER_AGENT: &str = concat!("spotkajmy-doctor/", env!("CARGO_PKG_VERSION"));

/// The last second of the year 9999, when every certificate has expired.
const END_OF_TIME: Duration = Duration::from_secs(253_402_300_799);

/// Asks servers, each question on a connection of its own. It follows no
/// redirect, keeps no cookie and sends nothing secret.
pub(crate) struct Client {
    runtime: Runtime,
    tls: TlsConnector,
    verifier: Arc<WebPkiServerVerifier>,
    patience: Duration,
    until: Instant,
}

impl Client {
    /// A client that waits for one answer as long as `patience` and for all
    /// together as long as `budget`. It trusts the certificates that browsers
    /// trust, and those of `SSL_CERT_FILE`, `SSL_CERT_DIR` or else of the
    /// system, where there are any.
    ///
    /// # Errors
    /// The operating system gives no event queue.
    pub(crate) fn new(patience: Duration, budget: Duration) -> io::Result<Client> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(
            Arc::new(trusted_roots()),
            provider.clone(),
        )
        .build()
        .expect("the bundled roots are some");
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks every version")
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Unverified(verifier.clone())))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Client {
            runtime: Builder::new_current_thread().enable_all().build()?,
            tls: TlsConnector::from(Arc::new(config)),
            verifier,
            patience,
            until: Instant::now() + budget,
        })
    }

    /// Asks for an http or https address.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub(crate) fn ask(
        &self,
        method: Method,
        url: &Url,
        headers: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let left = self.until.saturating_duration_since(Instant::now());
        self.runtime.block_on(async {
            timeout(left.min(self.patience), self.exchange(method, url, headers))
                .await
                .unwrap_or_else(|late| Err(failure(&late)))
        })
    }

    async fn exchange(
        &self,
        method: Method,
        url: &Url,
        headers: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_or_known_default().unwrap_or(80);
        let addresses = lookup_host((host, port)).await;
        let addresses: Vec<_> = addresses.map_err(|error| failure(&error))?.collect();
        let request = request(method, url, headers).map_err(|error| failure(&error))?;
        let stream = TcpStream::connect(&addresses[..]).await;
        let stream = stream.map_err(|error| failure(&error))?;
        if url.scheme() == "http" {
            return talk(stream, request).await;
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|error| failure(&error))?;
        let stream = self.tls.connect(name.clone(), stream).await;
        let stream = stream.map_err(|error| failure(&error))?;
        let chain = stream.get_ref().1.peer_certificates().unwrap_or_default();
        let certificate = self.judge(chain, &name);
        let mut answer = talk(stream, request).await?;
        answer.certificate = Some(certificate);
        Ok(answer)
    }

    /// What programs think of a certificate. When it is valid is learnt by
    /// asking about days when none is: the error then names the bound.
    fn judge(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
    ) -> Result<Validity, String> {
        let Some((own, others)) = chain.split_first() else {
            return Err("none came".to_owned());
        };
        let at = |time| {
            let verified = self
                .verifier
                .verify_server_cert(own, others, name, &[], time);
            verified.err()
        };
        if let Some(error) = at(UnixTime::now()) {
            return Err(error.to_string());
        }
        let bound = |time| match at(UnixTime::since_unix_epoch(time)) {
            Some(rustls::Error::InvalidCertificate(
                CertificateError::ExpiredContext {
                    not_after: bound, ..
                }
                | CertificateError::NotValidYetContext {
                    not_before: bound, ..
                },
            )) => bound.as_secs(),
            _ => time.as_secs(),
        };
        Ok(Validity {
            from: bound(Duration::ZERO),
            until: bound(END_OF_TIME),
        })
    }
}

/// The certificates that browsers trust, and those of `SSL_CERT_FILE`,
/// `SSL_CERT_DIR` or else of the system, where there are any.
pub(crate) fn trusted_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let system = rustls_native_certs::load_native_certs();
    for error in system.errors {
        tracing::warn!(%error, "certificates that cannot be trusted, because they cannot be read");
    }
    roots.add_parsable_certificates(system.certs);
    roots
}

fn request(
    method: Method,
    url: &Url,
    headers: &[(&str, &str)],
) -> Result<Request<Empty<Bytes>>, hyper::http::Error> {
    let mut request = Request::builder()
        .method(method)
        .uri(&url[url::Position::BeforePath..url::Position::AfterQuery])
        .header(
            "host",
            &url[url::Position::BeforeHost..url::Position::AfterPort],
        );
    if headers.iter().all(|(name, _)| *name != "user-agent") {
        request = request.header("user-agent", USER_AGENT);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Empty::new())
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Empty<Bytes>>,
) -> Result<Answer, Failure> {
    let exchange = async {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let (parts, mut rest) = sender.send_request(request).await?.into_parts();
        let mut body = Vec::new();
        while body.len() <= LARGEST
            && let Some(frame) = rest.frame().await
        {
            if let Ok(data) = frame?.into_data() {
                body.extend_from_slice(&data);
            }
        }
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            is_whole: body.len() <= LARGEST,
            body,
            received: Utc::now(),
            certificate: None,
        })
    };
    exchange
        .await
        .map_err(|error: hyper::Error| failure(&error))
}

/// What failed, by the deepest cause. An error of rustls or in the parsing of
/// an answer tells that something does answer.
fn failure(error: &(dyn Error + 'static)) -> Failure {
    let is_parsing = |error: &hyper::Error| error.is_parse();
    let mut is_unreachable = !error.downcast_ref().is_some_and(is_parsing);
    let mut deepest = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    // An error of the handshake lies inside that of its socket.
    if let Some(error) = deepest.downcast_ref::<io::Error>() {
        is_unreachable &= error.kind() != io::ErrorKind::InvalidData;
    }
    Failure {
        is_unreachable,
        why: deepest.to_string(),
    }
}

/// Takes every certificate whose key the server has: it is judged afterwards,
/// and what stands behind a bad one is looked at too.
#[derive(Debug)]
struct Unverified(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
