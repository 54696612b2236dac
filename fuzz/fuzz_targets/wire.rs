//! Any bytes on a connection -> the same answers, whether they are read as an
//! ordinary request or by hyper, and no panic.
//!
//! A connection that began with OPTIONS is hyper's: what is sent after it is
//! never looked at as ordinary.

#![no_main]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, LazyLock};

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{ACCEPT_ENCODING, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT};
use libfuzzer_sys::fuzz_target;
use spotkajmy::web::server::{self, Answer, Limits, Request, Response};
use tokio::sync::watch;

const HYPERS: &[u8] = b"OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n";

static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = server::listen((Ipv4Addr::LOCALHOST, 0).into()).expect("a port is free");
    let address = listener.local_addr().expect("it listens");
    std::thread::spawn(move || {
        // A panic in the server would only end its connection.
        std::panic::set_hook(Box::new(|panic| {
            eprintln!("{panic}");
            std::process::abort();
        }));
        let (_keep, stopped) = watch::channel(false);
        let runtime = server::runtime().expect("threads are to be had");
        runtime.block_on(server::run(
            listener,
            &Limits::default(),
            Arc::new(echo),
            Arc::default(),
            stopped,
        ))
    });
    address
});

/// Answers with all of the request that anything here depends on.
fn echo(request: &Request<'_>) -> Answer {
    let mut body = format!("{} {}?{}\n", request.method, request.path, request.query).into_bytes();
    for name in [ACCEPT_ENCODING, IF_NONE_MATCH, IF_MODIFIED_SINCE, USER_AGENT] {
        for value in request.headers.all(&name) {
            body.extend_from_slice(value);
            body.push(b'\n');
        }
    }
    let body = Bytes::from(body);
    let response = move || Response::new(StatusCode::OK, HeaderMap::new(), body);
    if request.path.starts_with("/late") {
        return Answer::Render(Box::new(response));
    }
    Answer::Ready(response())
}

/// What comes back for `bytes` after `before`, a line each; a head's lines in
/// order, since they may come in any, and without its date.
fn answers(before: &[u8], bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut stream = TcpStream::connect(*SERVER).expect("it listens");
    stream.write_all(before).expect("it reads");
    let mut first = Vec::new();
    while !before.is_empty() && !first.ends_with(b"OPTIONS /?\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("it answers");
        first.push(byte[0]);
    }
    let mut answer = Vec::new();
    // It may close before all is sent and read.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut answer);
    let mut lines: Vec<Vec<u8>> = answer.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    lines.retain(|line| !line.starts_with(b"date: "));
    lines.sort();
    lines
}

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(answers(b"", bytes), answers(HYPERS, bytes));
});
