//! The least that hyper can be: prerendered bytes and nothing else, no limit
//! on connections or time, no count, no graceful stop. The yardstick for what
//! the server's protections cost.
//!
//! `bare_hyper [FILE [headers]]` answers every request with the bytes of FILE,
//! or with 6,000 bytes; with `headers` a 200 carries as many headers as a feed
//! of spotkajmy's, where it has five otherwise, and a 304 always.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_DISPOSITION,
    CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, LAST_MODIFIED, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

struct Feed {
    body: Bytes,
    ok: HeaderMap,
    not_modified: HeaderMap,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let body = match std::env::args_os().nth(1) {
        Some(file) => Bytes::from(std::fs::read(file)?),
        None => Bytes::from(vec![b'x'; 6_000]),
    };
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (ETAG, "\"0123456789abcdef0123456789abcdef\""),
        (LAST_MODIFIED, "Fri, 06 Mar 2026 09:00:00 GMT"),
        (CACHE_CONTROL, "public, max-age=900"),
        (VARY, "accept-encoding"),
    ];
    let more = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (RESOURCE_POLICY, "cross-origin"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Content-Location"),
        (CONTENT_DISPOSITION, "inline; filename=\"example.ics\""),
    ];
    let written = |(name, value)| (name, HeaderValue::from_static(value));
    let not_modified: HeaderMap = headers.into_iter().map(written).collect();
    let mut ok = not_modified.clone();
    if std::env::args().nth(2).as_deref() == Some("headers") {
        ok.extend(more.map(written));
    }
    let feed = Arc::new(Feed {
        body,
        ok,
        not_modified,
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let feed = feed.clone();
        tokio::spawn(async move {
            let respond = service_fn(move |request: Request<Incoming>| {
                let response = respond(&request, &feed);
                async move { Ok::<_, Infallible>(response) }
            });
            // A client that goes away is no news here.
            let _ = hyper::server::conn::http1::Builder::new()
                .header_read_timeout(None)
                .serve_connection(TokioIo::new(stream), respond)
                .await;
        });
    }
}

fn respond(request: &Request<Incoming>, feed: &Feed) -> Response<Full<Bytes>> {
    if request.headers().contains_key(IF_NONE_MATCH) {
        let mut response = Response::new(Full::new(Bytes::new()));
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().clone_from(&feed.not_modified);
        return response;
    }
    let mut response = Response::new(Full::new(feed.body.clone()));
    response.headers_mut().clone_from(&feed.ok);
    response
}
