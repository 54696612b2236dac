//! The desk on a socket.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::{Request, StatusCode};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::{Desk, LARGEST_FORM};
use crate::web::metrics::ConnectionMetrics;
use crate::web::respond::{Response, text};
use crate::web::{Limits, server};

/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves the desk until `stop` is done.
///
/// # Errors
/// The listener cannot be made ready.
pub(crate) async fn run(
    desk: Arc<Desk>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let limits = Limits {
        connections: 200,
        drain: Duration::from_secs(2),
        ..Limits::default()
    };
    let handle = move |request| answer(desk.clone(), request);
    let counts = ConnectionMetrics::default();
    server::run(listener, limits, handle, counts, stop)
        .await
        .map(drop)
}

async fn answer(desk: Arc<Desk>, request: Request<Incoming>) -> Response {
    let (parts, body) = request.into_parts();
    let body = timeout(PATIENCE, Limited::new(body, LARGEST_FORM).collect()).await;
    let Ok(Ok(body)) = body else {
        return text(
            StatusCode::PAYLOAD_TOO_LARGE,
            "413: the form is too large or too slow\n",
        );
    };
    let body = body.to_bytes();
    // Files and pages are made where nobody waits for the thread.
    let answered = spawn_blocking(move || desk.answer(&parts, &body, Utc::now()));
    answered.await.unwrap_or_else(|_| {
        text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "500: this is our mistake, the file is as it was\n",
        )
    })
}
