//! `preview`: the pages and feeds as they would be, for this machine alone.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::arguments::Common;
use super::speech::{complain, print};
use super::{UNUSABLE, fail, schedule_file, serve};
use crate::service::{Audience, Service};
use crate::store::{Address, Store};
use crate::web::metrics::Metrics;
use crate::web::{self, Listeners};

/// Serves on the loopback until SIGTERM or SIGINT, and records nothing: 0
/// after a clean stop, 1 the schedule has problems, 2 unreadable or wrong
/// usage.
pub fn run(common: &Common, file: Option<&Path>) -> ExitCode {
    let listen = common.serving.listen;
    if !listen.ip().is_loopback() {
        complain(format_args!(
            "{listen}: a preview is for this machine alone; --listen takes an address such as \
             127.0.0.1:8080"
        ));
        return ExitCode::from(UNUSABLE);
    }
    let language = common.report_language();
    let source = schedule_file::source(common, file);
    let store = match Store::new(&source, common.history.clone()).into_memory() {
        Ok(store) => store,
        Err(error) => return fail("what was published before is not known", &error),
    };
    let address = Address::new(common.public_url.clone());
    let metrics = Arc::new(Metrics::new());
    let started = Service::spawn({
        let (source, metrics) = (source.clone(), metrics.clone());
        let audience = Audience::Editor;
        move || Service::start(&source, store, address, audience, language, metrics)
    });
    let service = match started {
        Ok(service) => service,
        Err(refused) => return serve::report(&source, &refused, language),
    };
    let public = match web::listen(listen) {
        Ok(public) => public,
        Err(error) => return fail(&format!("cannot listen on {listen}"), &error),
    };
    let listeners = Listeners {
        public,
        admin: None,
        desk: None,
    };
    if let Err(error) = print(schedule_file::first_line(&source, language)) {
        return fail("standard output", &error);
    }
    let mut limits = common.serving.limits();
    limits.connections = limits.connections.min(web::connections_allowed());
    match serve::serve(service, listeners, &limits, metrics, None) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail("the preview", &error),
    }
}
