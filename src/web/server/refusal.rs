//! The requests that HTTP forbids and hyper lets pass.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue};

use super::Response;

/// The 400 for a request without a Host header or with more than one (RFC
/// 9112, section 3.2); `None` for any other. HTTP/1.0, which knows no Host, is
/// held to the same: behind a proxy, a request that names no host is a sign of
/// something else pretending to be one.
pub(super) fn refusal(headers: &HeaderMap) -> Option<Response> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(_), None) => None,
        (None, _) => Some(bad_request("The request names no host.\n")),
        (Some(_), Some(_)) => Some(bad_request("The request names more than one host.\n")),
    }
}

fn bad_request(why: &'static str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    Response::new(
        StatusCode::BAD_REQUEST,
        headers,
        Bytes::from_static(why.as_bytes()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_it_must_be() {
        fn check(hosts: &[&'static str], refused: bool) {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, HeaderValue::from_static(host));
            }
            assert_eq!(refusal(&headers).is_some(), refused, "{hosts:?}");
        }
        check(&["example.org"], false);
        check(&[""], false);
        check(&[], true);
        check(&["example.org", "example.org"], true);
        check(&["example.org", "example.com"], true);
    }
}
