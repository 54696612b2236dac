//! One probe of a running service -> an exit code, for a container's
//! HEALTHCHECK: needs no shell and no curl in the image.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use hyper::Uri;

use super::speech::complain;

/// How long each step of the probe may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the service at `url`, or on `listen`, for /healthz.
pub fn run(url: Option<&str>, listen: SocketAddr) -> ExitCode {
    let url = url.map_or_else(|| format!("http://{}", reachable(listen)), str::to_owned);
    match probe(&url) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("{url} is not healthy: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Where a service that listens on every address is reached from its own
/// machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn probe(url: &str) -> io::Result<()> {
    let wrong = |reason: &str| io::Error::new(io::ErrorKind::InvalidInput, reason.to_owned());
    let uri: Uri = url
        .parse()
        .map_err(|_| wrong("write it as http://host:port"))?;
    if uri.scheme_str() != Some("http") {
        return Err(wrong(
            "only http:// is probed; `spotkajmy doctor` speaks https",
        ));
    }
    let host = uri
        .host()
        .ok_or_else(|| wrong("write it as http://host:port"))?;
    let address = (host.trim_matches(['[', ']']), uri.port_u16().unwrap_or(80))
        .to_socket_addrs()?
        .next()
        .ok_or_else(|| wrong("the host has no address"))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let base = uri
        .path()
        .trim_end_matches('/')
        .trim_end_matches("/healthz");
    write!(
        stream,
        "GET {base}/healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.take(4_096).read_to_end(&mut answer)?;
    if answer.starts_with(b"HTTP/1.1 200 ") {
        return Ok(());
    }
    let line = answer
        .split(|byte| *byte == b'\r')
        .next()
        .unwrap_or_default();
    Err(io::Error::other(format!(
        "it answered {:?}",
        String::from_utf8_lossy(line)
    )))
}
