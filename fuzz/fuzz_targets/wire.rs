//! Any bytes on a connection -> the same answers, whether they come at once or
//! in two pieces, and no panic. The first byte says where they are cut.

#![no_main]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::LazyLock;

use hyper::Request;
use hyper::body::Incoming;
use libfuzzer_sys::fuzz_target;
use spotkajmy::parts::web::respond::{Response, text};
use spotkajmy::parts::web::{self, Limits, metrics::ConnectionMetrics, server};

static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = web::listen((Ipv4Addr::LOCALHOST, 0).into()).expect("a port is free");
    let address = listener.local_addr().expect("it listens");
    std::thread::spawn(move || {
        // A panic in the server would only end its connection.
        std::panic::set_hook(Box::new(|panic| {
            eprintln!("{panic}");
            std::process::abort();
        }));
        let limits = Limits::default();
        let counts = ConnectionMetrics::default();
        let running = server::run(listener, limits, echo, counts, std::future::pending());
        web::runtime().expect("threads are to be had").block_on(running)
    });
    address
});

/// Answers with all of the request that an answer could depend on.
async fn echo(request: Request<Incoming>) -> Response {
    text(hyper::StatusCode::OK, format!("{} {}\n{:?}\n", request.method(), request.uri(), request.headers()))
}

/// What comes back for the pieces, without the dates.
fn answers(pieces: [&[u8]; 2]) -> Vec<Vec<u8>> {
    let mut stream = TcpStream::connect(*SERVER).expect("it listens");
    stream.set_nodelay(true).expect("it is open");
    let mut answer = Vec::new();
    // It may close before all is sent and read.
    for piece in pieces {
        let _ = stream.write_all(piece);
    }
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut answer);
    let lines = answer.split(|byte| *byte == b'\n').map(<[u8]>::to_vec);
    lines.filter(|line| !line.starts_with(b"date: ")).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((cut, bytes)) = bytes.split_first() else {
        return;
    };
    let (one, two) = bytes.split_at(usize::from(*cut).min(bytes.len()));
    assert_eq!(answers([bytes, b""]), answers([one, two]));
});
