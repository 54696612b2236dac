//! One probe of a running service -> an exit code, for a container's
//! HEALTHCHECK: needs no shell and no curl in the image.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use hyper::Method;
use url::Url;

use super::speech::complain;
use crate::doctor::Client;

/// How long the probe may take.
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

fn probe(url: &str) -> Result<(), String> {
    let mut url = Url::parse(url)
        .ok()
        .filter(|url| url.scheme() == "http")
        .ok_or("write it as http://host:port; `spotkajmy doctor` speaks https")?;
    let base = url
        .path()
        .trim_end_matches('/')
        .trim_end_matches("/healthz");
    url.set_path(&format!("{base}/healthz"));
    let client = Client::new(PATIENCE, PATIENCE).map_err(|error| error.to_string())?;
    match client.ask(Method::GET, &url, &[]) {
        Ok(answer) if answer.status == 200 => Ok(()),
        Ok(answer) => Err(format!("it answered {}", answer.status)),
        Err(failure) => Err(failure.to_string()),
    }
}
