//! The requests that HTTP forbids and hyper lets pass.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Request, StatusCode};

use super::Response;

/// The 400 for a request without a Host header or with more than one (RFC
/// 9112, section 3.2); `None` for any other. HTTP/1.0, which knows no Host, is
/// held to the same: behind a proxy, a request that names no host is a sign of
/// something else pretending to be one.
pub(super) fn refusal<B>(request: &Request<B>) -> Option<Response> {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(_), None) => None,
        (None, _) => Some(bad_request("The request names no host.\n")),
        (Some(_), Some(_)) => Some(bad_request("The request names more than one host.\n")),
    }
}

fn bad_request(why: &'static str) -> Response {
    let mut response = Response::new(Full::new(Bytes::from_static(why.as_bytes())));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_it_must_be() {
        fn check(hosts: &[&str], refused: bool) {
            let mut request = Request::builder();
            for host in hosts {
                request = request.header(HOST, *host);
            }
            let request = request.body(()).unwrap();
            assert_eq!(refusal(&request).is_some(), refused, "{hosts:?}");
        }
        check(&["example.org"], false);
        check(&[""], false);
        check(&[], true);
        check(&["example.org", "example.org"], true);
        check(&["example.org", "example.com"], true);
    }
}
