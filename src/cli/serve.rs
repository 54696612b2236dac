//! `serve`: the schedule on two listeners, until it is told to stop.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Instant;

use hyper::header;
use hyper::{Method, StatusCode};
use tokio::sync::watch;
use tracing::{debug, info, warn};

use super::arguments::{Admin, Common};
use super::speech::refuse;
use super::{fail, source};
use crate::service::{Address, Keeping, Service, Shared, StartError};
use crate::site::document::Subject;
use crate::web::metrics::{self, Client, Fetches, Metrics};
use crate::web::respond::{self, Reply};
use crate::web::server::{self, Answer, Counts, Limits, Request, Response, Signal, Signals};

/// Serves until SIGTERM or SIGINT.
pub fn run(common: &Common) -> ExitCode {
    let mut limits = common.serving.limits();
    let room = connections_within(server::raise_open_files());
    limits.connections = limits.connections.min(room);
    let counts = Arc::new(Counts::default());
    let metrics = Arc::new(Metrics::new(counts.clone()));
    let language = common.report_language();
    let source = source(common);
    let keeping = Keeping::new(&source, common.history.clone());
    let address = Address::new(common.public_url.clone());
    // First of all: whoever comes meanwhile waits, and where the address is
    // taken nothing is recorded.
    let listeners = match Listeners::open(common) {
        Ok(listeners) => listeners,
        Err((address, error)) => return fail(&format!("cannot listen on {address}"), &error),
    };
    let service = match Service::start(&source, keeping, address, language, metrics.clone()) {
        Ok(service) => service,
        Err(StartError::Rejected(bytes, rejected)) => {
            return refuse(&source.name(), &bytes, &rejected, language);
        }
        Err(StartError::Unreadable(error)) => return fail(&source.name(), &error),
    };
    match serve(service, listeners, &limits, metrics, counts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail("the server", &error),
    }
}

/// How many connections fit where `open_files` may be open: files, logs and the
/// other listener need some that are no connections. Where there are few at
/// all, most are still for those who ask.
fn connections_within(open_files: usize) -> usize {
    let kept_back = (open_files / 4).min(64);
    (open_files - kept_back).max(1)
}

/// The sockets, open before anything says that it is ready.
struct Listeners {
    public: TcpListener,
    admin: Option<TcpListener>,
}

impl Listeners {
    fn open(common: &Common) -> Result<Listeners, (SocketAddr, io::Error)> {
        let open = |address| server::listen(address).map_err(|error| (address, error));
        let public = open(common.serving.listen)?;
        let admin = match common.serving.admin_listen {
            Admin::Off => None,
            Admin::At(address) => Some(open(address)?),
        };
        Ok(Listeners { public, admin })
    }

    /// One line for each on stdout, with the real port.
    fn announce(&self) -> io::Result<()> {
        use io::Write as _;

        let mut stdout = io::stdout().lock();
        // Whoever started the program may not want to hear it.
        let _ = writeln!(stdout, "listening on http://{}", self.public.local_addr()?);
        if let Some(admin) = &self.admin {
            let _ = writeln!(stdout, "admin on http://{}", admin.local_addr()?);
        }
        let _ = stdout.flush();
        Ok(())
    }
}

fn serve(
    service: Service,
    listeners: Listeners,
    limits: &Limits,
    metrics: Arc<Metrics>,
    counts: Arc<Counts>,
) -> io::Result<()> {
    let shared = service.shared();
    let (orders, ordered) = mpsc::channel();
    std::thread::Builder::new()
        .name("service".to_owned())
        .spawn(move || service.tend(&ordered))?;

    server::runtime()?.block_on(async {
        let mut signals = Signals::new()?;
        let (stop, stopped) = watch::channel(false);
        listeners.announce()?;
        let answers = public(shared.clone(), metrics.clone());
        let mut running = tokio::spawn({
            let (limits, stopped) = (limits.clone(), stopped.clone());
            async move {
                server::run(
                    listeners.public,
                    &limits,
                    Arc::new(answers),
                    counts,
                    stopped,
                )
                .await
            }
        });
        let admin = listeners.admin.map(|listener| {
            let (limits, answers) = (limits.clone(), admin(shared, metrics));
            let counts = Arc::new(Counts::default());
            tokio::spawn(async move {
                server::run(listener, &limits, Arc::new(answers), counts, stopped).await
            })
        });
        tokio::select! {
            // Before it is told to stop, the server ends only by an error.
            ended = &mut running => return ended?.map(drop),
            () = stopped_by(&mut signals, &orders) => {}
        }
        info!("stopping: no new connections, those in flight finish");
        stop.send_replace(true);
        // Whoever asks twice does not want to wait.
        let cut_off = tokio::select! {
            ended = running => ended??,
            () = stopped_by(&mut signals, &orders) => return Ok(()),
        };
        if cut_off > 0 {
            warn!(
                cut_off,
                "connections were still busy at the end of the drain"
            );
        }
        if let Some(admin) = admin {
            admin.await??;
        }
        Ok(())
    })
}

/// Waits until a signal asks for a stop; those that ask for a reload are
/// passed on.
async fn stopped_by(signals: &mut Signals, orders: &mpsc::Sender<()>) {
    while signals.next().await == Signal::Reload {
        // The service listens as long as this sender lives.
        let _ = orders.send(());
    }
}

/// What the public listener answers.
fn public(
    shared: Arc<Shared>,
    metrics: Arc<Metrics>,
) -> impl Fn(&Request<'_>) -> Answer + Send + Sync + 'static {
    move |request| {
        let served = shared.served.load();
        let agent = request.headers.first(&header::USER_AGENT);
        let client = Client::of(agent.unwrap_or_default());
        match respond::respond(&served.site, request) {
            Reply::Ready(response, subject) => {
                log(request.method, request.path, client, &response);
                count(&metrics, &served.fetches, client, &response, subject);
                Answer::Ready(response)
            }
            Reply::Cold(cold) => {
                let metrics = metrics.clone();
                let served = arc_swap::Guard::into_inner(served);
                let (method, path) = (request.method.clone(), request.path.to_owned());
                Answer::Render(Box::new(move || {
                    let began = Instant::now();
                    let (response, subject) = cold.answer();
                    metrics.rendered(began.elapsed());
                    log(&method, &path, client, &response);
                    count(&metrics, &served.fetches, client, &response, subject);
                    response
                }))
            }
        }
    }
}

/// A line for each answer, for the operator who asks for them: it costs ten
/// times what the answer does. Of who asked it tells the family of programs.
fn log(method: &Method, path: &str, client: Client, response: &Response) {
    debug!(
        %method,
        path,
        status = response.head.status().as_u16(),
        bytes = response.body.len(),
        client = client.label(),
        "answered"
    );
}

fn count(
    metrics: &Metrics,
    fetches: &Fetches,
    client: Client,
    response: &Response,
    subject: Subject,
) {
    if let Some(selected) = subject.fetched {
        fetches.count(selected, client);
    }
    let bytes = response.body.len() as u64;
    metrics.answered(subject.kind, response.head.status(), bytes);
}

/// What the admin listener answers.
fn admin(
    shared: Arc<Shared>,
    metrics: Arc<Metrics>,
) -> impl Fn(&Request<'_>) -> Answer + Send + Sync + 'static {
    move |request| {
        let text = |body| respond::text(StatusCode::OK, body);
        Answer::Ready(match request.path {
            "/healthz" => text("ok\n".to_owned()),
            "/readyz" => text(shared.condition.load().text()),
            "/metrics" => respond::text_with(
                StatusCode::OK,
                metrics.encode(),
                [respond::written((
                    header::CONTENT_TYPE,
                    metrics::MEDIA_TYPE,
                ))],
            ),
            _ => respond::text(
                StatusCode::NOT_FOUND,
                "404: here are /healthz, /readyz and /metrics\n".to_owned(),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_open_files_are_still_many_connections() {
        for (open_files, connections) in [
            (0, 1),
            (1, 1),
            (64, 48),
            (256, 192),
            (1_024, 960),
            (20_000, 19_936),
        ] {
            assert_eq!(connections_within(open_files), connections);
        }
    }
}
