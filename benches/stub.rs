//! The server with all its protections and a stub in place of the site: the
//! same bytes as `bare_hyper`, so that the difference is what they cost.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LAST_MODIFIED, VARY,
};
use spotkajmy::server::{self, Answer, Counts, Limits, Request, Response, Signal, Signals};

fn main() -> Result<(), Box<dyn Error>> {
    let feed = Bytes::from(vec![b'x'; 6_000]);
    let headers: HeaderMap = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (ETAG, "\"0123456789abcdef0123456789abcdef\""),
        (LAST_MODIFIED, "Fri, 06 Mar 2026 09:00:00 GMT"),
        (CACHE_CONTROL, "public, max-age=900"),
        (VARY, "accept-encoding"),
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .into_iter()
    .collect();
    let respond = move |request: &Request| {
        let known = request.headers().contains_key(IF_NONE_MATCH);
        let body = if known { Bytes::new() } else { feed.clone() };
        let mut response = Response::new(Full::new(body));
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        *response.headers_mut() = headers.clone();
        Answer::Ready(response)
    };
    server::raise_open_files();
    let listener = server::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    println!("listening on http://{}", listener.local_addr()?);
    server::runtime()?.block_on(async {
        let mut signals = Signals::new()?;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let serving = tokio::spawn(async move {
            let counts = Arc::new(Counts::default());
            let limits = Limits::default();
            server::run(listener, &limits, Arc::new(respond), counts, stopped).await
        });
        while signals.next().await != Signal::Stop {}
        stop.send_replace(true);
        serving.await??;
        Ok(())
    })
}
