//! A request on a socket -> an answer made of a [`Site`], within limits, and
//! counted. The only part of the program that is async.
//!
//! [`server`] serves connections, [`respond`] is a plain function from a
//! request to a response, and what stands here joins them: the public listener
//! and the operator's own.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};
use std::time::Instant;

use arc_swap::{ArcSwap, Guard};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode};
#[cfg(unix)]
use sd_notify::NotifyState;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tracing::{debug, info, warn};

mod conditional;
mod listen;
pub mod metrics;
mod oembed;
pub mod respond;
pub mod server;
mod stream;

pub use listen::{connections_allowed, listen};
pub use server::Limits;

use crate::notify::NoticeStatus;
use crate::site::document::RESOURCE_POLICY;
use crate::site::{MetricLabels, Site};
use metrics::{Client, ConnectionMetrics, Fetches, Metrics};
use respond::{Reply, Response, text, text_with, written};

/// What is served: swapped whole.
#[derive(Debug)]
pub struct Served {
    /// Every document.
    pub site: Arc<Site>,
    /// The counters of its districts' feeds.
    pub fetches: Fetches,
}

/// What is served and how the service fares, as the listeners see them.
#[derive(Debug)]
pub struct Shared {
    /// What is served.
    pub served: ArcSwap<Served>,
    /// How the service fares, in words.
    pub readiness: ArcSwap<String>,
    /// Whether the history holds what is served.
    pub is_recorded: AtomicBool,
}

/// The sockets, open before anything says that it is ready.
pub struct Listeners {
    /// For everybody.
    pub public: TcpListener,
    /// For the operator.
    pub admin: Option<TcpListener>,
    /// Where the desk is, which serves by itself.
    pub desk: Option<SocketAddr>,
}

impl Listeners {
    /// One line for each on stdout, with the real port; and to a service
    /// manager that waits for it (`sd_notify(3)`).
    fn announce(&self) -> io::Result<()> {
        let public = self.public.local_addr()?;
        let admin = self.admin.as_ref().map(TcpListener::local_addr);
        let admin = admin.transpose()?;
        let desk = self.desk;
        // By a thread: whoever started the program may not want to hear it.
        std::thread::Builder::new()
            .name("announce".to_owned())
            .spawn(move || {
                let mut stdout = io::stdout().lock();
                let _ = writeln!(stdout, "listening on http://{public}");
                if let Some(admin) = admin {
                    let _ = writeln!(stdout, "admin on http://{admin}");
                }
                if let Some(desk) = desk {
                    let _ = writeln!(stdout, "desk on http://{desk}");
                }
                let _ = stdout.flush();
            })?;
        #[cfg(unix)]
        let _ = sd_notify::notify(&[NotifyState::Ready]);
        Ok(())
    }
}

/// A runtime with a worker for each core, as many threads that render, and one
/// that draws, however many ask: the rest wait their turn.
///
/// # Errors
/// When the system gives no threads or no epoll.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores)
        .max_blocking_threads(cores + 1)
        .thread_name("web")
        .enable_all()
        .build()
}

/// Serves until SIGTERM or SIGINT, and then lets the responses under way
/// finish, unless it is told so twice. SIGHUP sends an order to `reload`.
///
/// # Errors
/// When a listener or the signals are not to be had, and when something ends
/// that should not, `follower` first of all: what keeps `shared` up to date.
/// Better no answers than stale ones for ever.
pub(crate) async fn serve(
    shared: Arc<Shared>,
    metrics: Arc<Metrics>,
    listeners: Listeners,
    limits: &Limits,
    reload: mpsc::Sender<()>,
    notices: NoticeStatus,
    follower: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut signals = Signals::new()?;
    let (stop, stopped) = watch::channel(false);
    let stopped = || {
        let mut stopped = stopped.clone();
        // An error means that nobody is left who could say stop any other way.
        async move { drop(stopped.wait_for(|stop| *stop).await) }
    };
    listeners.announce()?;
    let mut public = tokio::spawn(server::run(
        listeners.public,
        limits.clone(),
        {
            let public = Arc::new(Public::new(shared.clone(), metrics.clone(), limits));
            move |request: Request<Incoming>| public.answer(request.into_parts().0)
        },
        metrics.connections.clone(),
        stopped(),
    ));
    let mut admin = listeners.admin.map(|listener| {
        let answer = move |request: Request<Incoming>| {
            let request = request.into_parts().0;
            std::future::ready(admin(&shared, &metrics, &notices, &request))
        };
        let counts = ConnectionMetrics::default();
        tokio::spawn(server::run(
            listener,
            limits.clone(),
            answer,
            counts,
            stopped(),
        ))
    });
    let admin_ended = async {
        match &mut admin {
            Some(admin) => admin.await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        // Before they are told to stop, servers end only by an error.
        ended = &mut public => return ended?.map(drop),
        ended = admin_ended => return ended?.map(drop),
        () = follower => return Err(io::Error::other("the schedule is not followed any more")),
        () = signals.stop(&reload) => {}
    }
    #[cfg(unix)]
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    info!("stopping: no new connections, those in flight finish");
    stop.send_replace(true);
    let cut_off = tokio::select! {
        ended = public => ended??,
        () = signals.stop(&reload) => return Ok(()),
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
}

/// The signals by which an operator asks for something.
#[cfg(unix)]
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Takes the signals over from the system: from now on none of them ends
    /// the process by itself.
    fn new() -> io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for SIGTERM or SIGINT, and passes each SIGHUP on.
    async fn stop(&mut self, reload: &mpsc::Sender<()>) {
        loop {
            tokio::select! {
                biased;
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.hang_up.recv() => {
                    // The service listens as long as this sender lives.
                    let _ = reload.send(());
                }
            }
        }
    }
}

/// Elsewhere there is only Ctrl+C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "as where there are signals")]
    fn new() -> io::Result<Signals> {
        Ok(Signals)
    }

    async fn stop(&mut self, _reload: &mpsc::Sender<()>) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// The public listener's answers.
struct Public {
    shared: Arc<Shared>,
    metrics: Arc<Metrics>,
    renders: Arc<Semaphore>,
    /// Pictures and posters cost ten times what other documents do. They are
    /// drawn one after the other, and feeds do not wait for them.
    drawings: Arc<Semaphore>,
}

impl Public {
    fn new(shared: Arc<Shared>, metrics: Arc<Metrics>, limits: &Limits) -> Public {
        Public {
            shared,
            metrics,
            // However many wait for a render, half of the places are for
            // those who do not.
            renders: Arc::new(Semaphore::new((limits.connections / 2).max(1))),
            drawings: Arc::new(Semaphore::new(1)),
        }
    }

    fn answer(&self, request: Parts) -> impl Future<Output = Response> + Send + use<> {
        let served = self.shared.served.load();
        let agent = request.headers.get(header::USER_AGENT);
        let client = Client::of(agent.map(HeaderValue::as_bytes).unwrap_or_default());
        let answer = match respond::respond(&served.site, &request) {
            Reply::Ready(response, labels) => {
                count(
                    &self.metrics,
                    &served.fetches,
                    client,
                    &request,
                    &response,
                    labels,
                );
                Ok(response)
            }
            Reply::Pending(pending) => {
                let metrics = self.metrics.clone();
                let served = Guard::into_inner(served);
                let turn = pending.is_drawing().then(|| self.drawings.clone());
                // Boxed, so that no idle connection carries room for it.
                Err(Box::pin(render(self.renders.clone(), turn, move || {
                    let began = Instant::now();
                    let (response, labels) = pending.answer(&request.headers);
                    metrics.rendered(began.elapsed());
                    count(
                        &metrics,
                        &served.fetches,
                        client,
                        &request,
                        &response,
                        labels,
                    );
                    response
                })))
            }
        };
        async move {
            match answer {
                Ok(response) => response,
                Err(rendering) => rendering.await,
            }
        }
    }
}

/// What `work` gives, done on a thread for what takes milliseconds, in its
/// `turn` where it has to wait for one; 503 where all places of `renders` are
/// taken, 500 where it panics.
pub async fn render(
    renders: Arc<Semaphore>,
    turn: Option<Arc<Semaphore>>,
    work: impl FnOnce() -> Response + Send + 'static,
) -> Response {
    let Ok(place) = renders.try_acquire_owned() else {
        return text_with(
            StatusCode::SERVICE_UNAVAILABLE,
            "503: too many documents are being made, ask again\n",
            [written((header::RETRY_AFTER, "5"))],
        );
    };
    // Waiting takes no thread. The semaphore is never closed.
    let turn = match turn {
        Some(turn) => turn.acquire_owned().await.ok(),
        None => None,
    };
    let work = move || {
        // Held until it is done, even where its client is gone.
        let _held = (place, turn);
        work()
    };
    spawn_blocking(work).await.unwrap_or_else(|_| {
        // The panic hook has told of it.
        text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "500: this is our mistake\n",
        )
    })
}

/// Counts an answer and, where the operator wants to see each, logs it: what
/// costs ten times what the answer does. Of who asked it tells the family of
/// programs.
fn count(
    metrics: &Metrics,
    fetches: &Fetches,
    client: Client,
    request: &Parts,
    response: &Response,
    labels: MetricLabels,
) {
    let length = response.body().size_hint().exact().unwrap_or_default();
    let bytes = if request.method == Method::HEAD {
        0
    } else {
        length
    };
    if let Some(selected) = labels.fetched {
        fetches.count(selected, client);
    }
    metrics.answered(labels.kind, response.status(), bytes);
    debug!(
        method = %request.method,
        path = request.uri.path(),
        status = response.status().as_u16(),
        bytes,
        client = client.label(),
        "answered"
    );
}

/// What the admin listener answers, and to no page of another origin.
fn admin(shared: &Shared, metrics: &Metrics, notices: &NoticeStatus, request: &Parts) -> Response {
    let mut response = match request.method {
        Method::GET | Method::HEAD => admin_page(shared, metrics, notices, request),
        Method::OPTIONS => {
            let allow = [written((header::ALLOW, respond::METHODS))];
            text_with(StatusCode::NO_CONTENT, "", allow)
        }
        _ => respond::refuse_method(),
    };
    let headers = response.headers_mut();
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    headers.remove(RESOURCE_POLICY);
    response
}

fn admin_page(
    shared: &Shared,
    metrics: &Metrics,
    notices: &NoticeStatus,
    request: &Parts,
) -> Response {
    match request.uri.path() {
        "/healthz" => text(StatusCode::OK, "ok\n"),
        "/readyz" => {
            let readiness = shared.readiness.load();
            text(StatusCode::OK, format!("{readiness}{}", notices.problems()))
        }
        "/metrics" => {
            let accept = request.headers.get(header::ACCEPT);
            let accept = accept.and_then(|value| value.to_str().ok());
            let format = metrics::Format::asked(accept.unwrap_or_default());
            let media_type = [written((header::CONTENT_TYPE, format.media_type()))];
            text_with(
                StatusCode::OK,
                metrics.encode(format, &notices.sinks()),
                media_type,
            )
        }
        _ => text(
            StatusCode::NOT_FOUND,
            "404: here are /healthz, /readyz and /metrics\n",
        ),
    }
}
