//! `serve`: the schedule on two listeners, until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use super::arguments::{Admin, Common};
use super::speech::refuse;
use super::{fail, source, telling};
use crate::notify::{self, Current, NoticeStatus, Plan};
use crate::service::{Service, StartError};
use crate::store::{Address, Store};
use crate::web::metrics::Metrics;
use crate::web::{self, Limits, Listeners};

/// Serves until SIGTERM or SIGINT.
pub fn run(common: &Common) -> ExitCode {
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
        Err((address, error)) => return fail(&format!("cannot listen on {address}"), &error),
    };
    let service = match Service::start(&source, store, address, language, metrics.clone()) {
        Ok(service) => service,
        Err(StartError::Rejected(bytes, rejected)) => {
            return refuse(&source.name(), &bytes, &rejected, language);
        }
        Err(StartError::Unreadable(error)) => return fail(&source.name(), &error),
        Err(StartError::OtherCalendar(error)) => return fail(&source.name(), &error),
    };
    match serve(service, listeners, &limits, metrics, plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail("the server", &error),
    }
}

fn listeners(common: &Common) -> Result<Listeners, (SocketAddr, io::Error)> {
    let open = |address| web::listen(address).map_err(|error| (address, error));
    let public = open(common.serving.listen)?;
    let admin = match common.serving.admin_listen {
        Admin::Off => None,
        Admin::At(address) => Some(open(address)?),
    };
    Ok(Listeners { public, admin })
}

fn serve(
    service: Service,
    listeners: Listeners,
    limits: &Limits,
    metrics: Arc<Metrics>,
    plan: Option<Plan>,
) -> io::Result<()> {
    let shared = service.shared();
    let notices = match plan {
        None => NoticeStatus::default(),
        Some(plan) => notify::start(plan, {
            let shared = shared.clone();
            move || {
                let is_recorded = shared.is_recorded.load(Ordering::SeqCst);
                let site = shared.served.load().site.clone();
                Current {
                    publication: site.publication().clone(),
                    links: site.links().clone(),
                    is_recorded,
                }
            }
        })?,
    };
    let (orders, ordered) = mpsc::channel();
    std::thread::Builder::new()
        .name("service".to_owned())
        .spawn(move || service.run(&ordered))?;
    web::runtime()?.block_on(web::serve(
        shared, metrics, listeners, limits, orders, notices,
    ))
}
