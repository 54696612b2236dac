//! `edit`, and the desk beside `serve`.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

use super::arguments::Common;
use super::speech::{complain, print};
use super::{UNUSABLE, fail};
use crate::desk::{Desk, serve};
use crate::source::{Source, Unreadable, read};
use crate::store::{Address, Store};
use crate::{schedule, web};

/// The port that `serve` takes by itself is not the desk's.
const USUAL: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Serves the desk of one file until SIGTERM or SIGINT: 0 after that, 2 where
/// there is no file to edit or no port.
pub fn run(common: &Common, file: Option<&Path>, no_browser: bool) -> ExitCode {
    let file = file
        .or(common.schedule.as_deref())
        .unwrap_or(Path::new("schedule.yaml"));
    let name = file.display().to_string();
    if let Err(error) = read(file, schedule::LARGEST as u64) {
        if matches!(error, Unreadable::Missing) {
            complain("name the schedule to edit: spotkajmy edit FILE");
        }
        return fail(&name, &error);
    }
    let mut listen = common.serving.listen;
    if listen == USUAL {
        listen.set_port(0);
    }
    if !listen.ip().is_loopback() {
        complain(
            "the desk has no sign-in of its own: --listen takes an address of this machine alone, \
             such as 127.0.0.1:8090; for others use serve --desk-listen behind your own sign-in",
        );
        return ExitCode::from(UNUSABLE);
    }
    let opened = || -> io::Result<(TcpListener, SocketAddr, String)> {
        let listener = web::listen(listen)?;
        let address = listener.local_addr()?;
        Ok((listener, address, token()?))
    };
    let (listener, address, token) = match opened() {
        Ok(opened) => opened,
        Err(error) => return fail(&format!("cannot listen on {listen}"), &error),
    };
    let url: Url = format!("http://{address}/{token}/")
        .parse()
        .expect("an address and hex digits");
    let port = address.port();
    let desk = desk(
        common,
        file.to_owned(),
        url,
        token,
        vec![format!("localhost:{port}")],
    );
    if let Err(error) = print(format_args!("editing {name} at {}\n", desk.url())) {
        return fail("standard output", &error);
    }
    if !no_browser {
        // Where there is none, the address stands above.
        let _ = open::that_detached(desk.url().as_str());
    }
    let served = runtime().and_then(|runtime| {
        runtime.block_on(async {
            #[cfg(unix)]
            let mut terminate = signal(SignalKind::terminate())?;
            #[cfg(unix)]
            let terminated = terminate.recv();
            #[cfg(not(unix))]
            let terminated = std::future::pending::<()>();
            let stop = async {
                tokio::select! {
                    _ = terminated => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            };
            serve::run(Arc::new(desk), listener, stop).await
        })
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail("the desk", &error),
    }
}

/// Begins to serve the desk beside `serve`, where it is asked for, and gives
/// its address. It lives as long as the process.
///
/// # Errors
/// The exit code of what was refused, once it is said.
pub fn beside(common: &Common, source: &Source) -> Result<Option<SocketAddr>, ExitCode> {
    let (Some(listen), Some(url)) = (common.serving.desk_listen, &common.serving.desk_url) else {
        return Ok(None);
    };
    let Source::File(file) = source else {
        complain("--desk-listen needs a schedule of your own: add --schedule FILE");
        return Err(ExitCode::from(UNUSABLE));
    };
    let mut url = url.clone();
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    let start = || -> io::Result<SocketAddr> {
        let listener = web::listen(listen)?;
        let address = listener.local_addr()?;
        let desk = desk(common, file.clone(), url, token()?, Vec::new());
        let desk = Arc::new(desk.beside_serve());
        let runtime = runtime()?;
        std::thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || {
                let served = runtime.block_on(serve::run(desk, listener, std::future::pending()));
                if let Err(error) = served {
                    tracing::error!(%error, "the desk is closed");
                }
            })?;
        Ok(address)
    };
    start()
        .map(Some)
        .map_err(|error| fail(&format!("cannot listen on {listen}"), &error))
}

fn desk(common: &Common, file: PathBuf, url: Url, token: String, hosts: Vec<String>) -> Desk {
    let store = Store::new(&Source::File(file.clone()), common.history.clone());
    let address = Address::new(common.public_url.clone());
    Desk::new(file, store, address, url, token, hosts, common.language)
}

/// 128 bits that nobody can guess, in hexadecimal.
fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(crate::digest::hex(&bytes))
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
}
