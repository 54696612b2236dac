//! `serve`: the schedule on two listeners, until it is told to stop.

use std::io;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use listenfd::ListenFd;

use super::arguments::{Admin, Common};
use super::speech::refuse;
use super::{edit, fail, source, telling};
use crate::notify::{self, Current, NoticeStatus, Plan};
use crate::service::{Audience, Refused, Running, Service};
use crate::source::Source;
use crate::store::{Address, Store};
use crate::texts::Language;
use crate::web::metrics::Metrics;
use crate::web::{self, Limits, Listeners};

/// Serves until SIGTERM or SIGINT.
pub fn run(common: &Common) -> ExitCode {
    // By itself it would wait for whoever reads standard error.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let mut limits = common.serving.limits();
    limits.connections = limits.connections.min(web::connections_allowed());
    let metrics = Arc::new(Metrics::new());
    let language = common.report_language();
    let source = source(common);
    let store = Store::new(&source, common.history.clone());
    let address = Address::new(common.public_url.clone()).with_hub(common.telling.hub.clone());
    let plan = match telling::plan(common, &store) {
        Ok(plan) => plan,
        Err(refusal) => return refusal,
    };
    // First of all: whoever comes meanwhile waits, and where the address is
    // taken nothing is recorded.
    let listeners = match listeners(common) {
        Ok(listeners) => listeners,
        Err((place, error)) => return fail(&format!("cannot listen on {place}"), &error),
    };
    let mut listeners = listeners;
    match edit::beside(common, &source) {
        Ok(desk) => listeners.desk = desk,
        Err(refusal) => return refusal,
    }
    if let Some(plan) = &plan {
        notify::prepare(plan);
    }
    let started = Service::spawn({
        let (source, metrics) = (source.clone(), metrics.clone());
        let audience = Audience::Everybody;
        move || Service::start(&source, store, address, audience, language, metrics)
    });
    let service = match started {
        Ok(service) => service,
        Err(refused) => return report(&source, &refused, language),
    };
    match serve(service, listeners, &limits, metrics, plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail("the server", &error),
    }
}

/// Says why nothing is served: 1 the schedule has problems, 2 unreadable.
pub(super) fn report(source: &Source, refused: &Refused, language: Language) -> ExitCode {
    let name = source.name();
    match refused {
        Refused::Rejected(bytes, rejected) => refuse(&name, bytes, rejected, language),
        Refused::Unreadable(error) => fail(&name, error),
        Refused::OtherCalendar(error) => fail(&name, error),
    }
}

/// The sockets that a service manager handed over (`sd_listen_fds(3)`: the
/// public one, then the operator's), or else those at the addresses told.
fn listeners(common: &Common) -> Result<Listeners, (String, io::Error)> {
    let mut handed = ListenFd::from_env();
    let mut take = |number| {
        let socket = handed.take_tcp_listener(number);
        socket.map_err(|error| (format!("the socket number {number} handed over"), error))
    };
    let open = |address| web::listen(address).map_err(|error| (format!("{address}"), error));
    let public = match take(0)? {
        Some(socket) => socket,
        None => open(common.serving.listen)?,
    };
    let admin: Option<TcpListener> = match (take(1)?, common.serving.admin_listen) {
        (Some(socket), _) => Some(socket),
        (None, Admin::Off) => None,
        (None, Admin::At(address)) => Some(open(address)?),
    };
    let desk = None;
    Ok(Listeners {
        public,
        admin,
        desk,
    })
}

pub(super) fn serve(
    service: Running,
    listeners: Listeners,
    limits: &Limits,
    metrics: Arc<Metrics>,
    plan: Option<Plan>,
) -> io::Result<()> {
    let Running {
        shared,
        orders,
        ended,
    } = service;
    let notices = match plan {
        None => NoticeStatus::default(),
        Some(plan) => notify::start(plan, {
            let shared = shared.clone();
            move || {
                let site = shared.served.load().site.clone();
                // Read between two looks at the same site, it is of this one.
                let is_recorded = shared.is_recorded.load(Ordering::SeqCst)
                    && Arc::ptr_eq(&site, &shared.served.load().site);
                Current {
                    publication: site.publication().clone(),
                    links: site.links().clone(),
                    is_recorded,
                }
            }
        })?,
    };
    let follower = async { drop(ended.await) };
    web::runtime()?.block_on(web::serve(
        shared, metrics, listeners, limits, orders, notices, follower,
    ))
}
