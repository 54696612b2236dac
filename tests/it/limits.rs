//! Slow, silent, endless and malformed clients, and a good one beside them.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper::body::Incoming;
use spotkajmy::parts::web::metrics::{Closed, ConnectionMetrics};
use spotkajmy::parts::web::respond::Response;
use spotkajmy::parts::web::server::{self, Limits};
use spotkajmy::parts::web::{self, render};
use tokio::sync::{Semaphore, watch};

use crate::program::wait;

/// A server that answers `/` with "hello\n", `/big` with 32 MB, `/slow` once
/// it is told to, and panics over `/panic` and `/panic-late`.
struct Server {
    address: SocketAddr,
    counts: ConnectionMetrics,
    stop: watch::Sender<bool>,
    render: Arc<AtomicBool>,
    thread: Option<JoinHandle<usize>>,
}

/// Limits that a test can wait for.
fn short() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        idle: Duration::from_millis(600),
        stall: Duration::from_millis(600),
        drain: Duration::from_millis(600),
        ..Limits::default()
    }
}

/// How many answers may be in the making at once.
const RENDERS: usize = 30;

async fn answer(
    path: &str,
    told: Arc<AtomicBool>,
    big: Bytes,
    renders: Arc<Semaphore>,
) -> Response {
    let ok = |body| Response::new(Full::new(body));
    match path {
        "/big" => ok(big),
        "/panic" => panic!("a bug in the site"),
        "/panic-late" => render(renders, None, || panic!("a bug in a page")).await,
        "/slow" => {
            let slow = move || {
                while !told.load(Ordering::Acquire) {
                    std::thread::yield_now();
                }
                ok("rendered\n".into())
            };
            render(renders, None, slow).await
        }
        _ => ok("hello\n".into()),
    }
}

impl Server {
    fn start(limits: Limits) -> Server {
        let listener = web::listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let counts = ConnectionMetrics::default();
        let (stop, mut stopped) = watch::channel(false);
        let render = Arc::new(AtomicBool::new(false));
        let answer = {
            let (render, big) = (render.clone(), Bytes::from(vec![b'x'; 32 << 20]));
            let renders = Arc::new(Semaphore::new(RENDERS));
            move |request: Request<Incoming>| {
                let (render, big, renders) = (render.clone(), big.clone(), renders.clone());
                async move { answer(request.uri().path(), render, big, renders).await }
            }
        };
        let thread = std::thread::spawn({
            let counts = counts.clone();
            let stopped = async move { drop(stopped.wait_for(|stop| *stop).await) };
            move || {
                let running = server::run(listener, limits, answer, counts, stopped);
                web::runtime().unwrap().block_on(running).unwrap()
            }
        });
        Server {
            address,
            counts,
            stop,
            render,
            thread: Some(thread),
        }
    }

    fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Client(stream)
    }

    /// The whole conversation of a client that sends `bytes` and reads to the
    /// end.
    fn talk(&self, bytes: &[u8]) -> String {
        let mut client = self.connect();
        client.send(bytes);
        client.rest()
    }

    /// A good client is answered within a second.
    fn serves(&self) {
        let start = Instant::now();
        let answer = self.talk(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nhello\n"), "{answer}");
        let took = start.elapsed();
        assert!(took < Duration::from_secs(1), "{took:?}");
    }

    fn closed(&self, reason: Closed) -> u64 {
        self.counts.closed(reason).get()
    }

    /// Stops: how many connections were cut off, and how long it took.
    fn stop(mut self) -> (usize, Duration) {
        let start = Instant::now();
        self.stop.send_replace(true);
        let cut = self.thread.take().unwrap().join().unwrap();
        (cut, start.elapsed())
    }
}

struct Client(TcpStream);

impl Client {
    fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }

    fn get(&mut self, path: &str) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
    }

    /// Reads until what was read ends with `end`.
    fn until(&mut self, end: &str) -> String {
        let mut read = Vec::new();
        let mut byte = [0];
        while !read.ends_with(end.as_bytes()) {
            self.0.read_exact(&mut byte).unwrap();
            read.push(byte[0]);
        }
        String::from_utf8(read).unwrap()
    }

    /// Reads until the server closes; a reset is a close too.
    fn rest(&mut self) -> String {
        let mut read = Vec::new();
        match self.0.read_to_end(&mut read) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            Err(error) => panic!("{error}"),
        }
        String::from_utf8(read).unwrap()
    }

    /// How long until the server closes without a word.
    fn closed_after(&mut self) -> Duration {
        let start = Instant::now();
        assert_eq!(self.rest(), "");
        start.elapsed()
    }
}

/// Within a limit, and not long before it: limits are kept to an eighth.
fn about(took: Duration, limit: Duration) {
    let slack = Duration::from_millis(300);
    assert!(
        took >= limit * 3 / 4 && took <= limit + slack,
        "{took:?} for a limit of {limit:?}"
    );
}

#[test]
fn a_silent_client_is_let_go() {
    let server = Server::start(short());
    let mut client = server.connect();
    about(client.closed_after(), short().head);
    assert_eq!(server.closed(Closed::SlowHead), 1);
    server.serves();
}

#[test]
fn a_client_that_trickles_its_headers_is_let_go() {
    let server = Server::start(short());
    let mut client = server.connect();
    client.send(b"GET / HTTP/1.1\r\nHost: x\r\n");
    let start = Instant::now();
    client
        .0
        .set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let mut end = [0];
    // Each read waits 20 ms: a header byte every 20 ms, until the server has had enough.
    loop {
        match client.0.read(&mut end) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Ok(0) | Err(_) => break,
            Ok(_) => panic!("an answer to half a request"),
        }
        if client.0.write_all(b"a").is_err() {
            break;
        }
    }
    about(start.elapsed(), short().head);
    server.serves();
}

#[test]
fn who_begins_late_has_no_longer_for_the_rest() {
    let server = Server::start(short());
    let mut client = server.connect();
    let start = Instant::now();
    std::thread::sleep(short().head * 2 / 3);
    client.send(b"GET / HTTP/1.1\r\n");
    client.closed_after();
    about(start.elapsed(), short().head);
    // The second head of a connection has as long as the first, however long
    // the connection may idle.
    let mut client = server.connect();
    client.get("/");
    client.until("hello\n");
    client.send(b"GET / HTTP/1.1\r\n");
    about(client.closed_after(), short().head);
    assert_eq!(server.closed(Closed::SlowHead), 2);
}

#[test]
fn an_idle_connection_is_let_go() {
    let server = Server::start(short());
    let mut client = server.connect();
    client.get("/");
    client.until("hello\n");
    about(client.closed_after(), short().idle);
    assert_eq!(server.closed(Closed::Idle), 1);
}

#[test]
fn a_busy_connection_outlives_every_limit() {
    let server = Server::start(short());
    let mut client = server.connect();
    let start = Instant::now();
    while start.elapsed() < 3 * short().idle {
        client.get("/");
        client.until("hello\n");
    }
    for reason in [
        Closed::SlowHead,
        Closed::Idle,
        Closed::StalledReader,
        Closed::Evicted,
    ] {
        assert_eq!(server.closed(reason), 0, "{reason:?}");
    }
}

#[test]
fn a_reader_that_stalls_is_let_go() {
    let server = Server::start(short());
    let mut client = server.connect();
    client.get("/big");
    client.until("\r\n\r\n");
    let start = Instant::now();
    while server.closed(Closed::StalledReader) == 0 {
        assert!(start.elapsed() < Duration::from_secs(5));
        server.serves();
    }
    about(start.elapsed(), short().stall);
}

#[test]
fn a_reader_that_trickles_is_let_go() {
    let limits = Limits {
        pace: 8 << 20,
        ..short()
    };
    let server = Server::start(limits);
    let mut client = server.connect();
    client.get("/big");
    let start = Instant::now();
    let mut buffer = vec![0; 1 << 16];
    // Always some progress, but at a pace that would take a minute.
    while server.closed(Closed::StalledReader) == 0 {
        assert!(start.elapsed() < Duration::from_secs(8));
        client.0.read_exact(&mut buffer).unwrap();
        server.serves();
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_reader_that_keeps_reading_gets_all_of_it() {
    let server = Server::start(short());
    let answer = server.talk(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!(answer.split_once("\r\n\r\n").unwrap().1.len(), 32 << 20);
}

#[test]
fn what_is_no_request_gets_its_status_and_the_end() {
    let server = Server::start(Limits::default());
    let check = |request: &[u8], expected: &str| {
        let answer = server.talk(request);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {expected} "))
                || answer.starts_with(&format!("HTTP/1.0 {expected} ")),
            "{} -> {answer:?}",
            String::from_utf8_lossy(request)
        );
        server.serves();
    };
    let long = |bytes: usize| "a".repeat(bytes);
    check(
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not TLS\r\n\r\n",
        "400",
    );
    check(b"hello?\r\n\r\n", "400");
    check(b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", "400");
    check(b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "400");
    check(b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400");
    check(b"GET / HTTP/1.1\r\n\r\n", "400");
    check(b"GET / HTTP/1.0\r\n\r\n", "200");
    check(b"GET / HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n", "400");
    check(b"GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "400");
    check(
        format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", long(17_000)).as_bytes(),
        "431",
    );
    check(
        format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}", long(100_000)).as_bytes(),
        "431",
    );
    check(
        format!(
            "GET / HTTP/1.1\r\nHost: x\r\n{}\r\n",
            "a: b\r\n".repeat(101)
        )
        .as_bytes(),
        "431",
    );
    check(
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", long(20_000)).as_bytes(),
        "431",
    );
    // Smuggling shapes: two ways to tell where the request ends.
    check(
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "400",
    );
    check(
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
        "400",
    );
    check(
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "400",
    );
    check(
        b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400",
    );
}

#[test]
fn what_follows_a_body_is_never_a_request() {
    let server = Server::start(Limits::default());
    for head in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 100",
        "Transfer-Encoding: chunked",
        "Content-Length: 5\r\nExpect: 100-continue",
    ] {
        let hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        let request = format!("GET / HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n0\r\n\r\n{hidden}");
        let answer = server.talk(request.as_bytes());
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{head}: {answer}");
        assert!(
            answer.contains("\r\nconnection: close\r\n"),
            "{head}: {answer}"
        );
    }
    assert!(server.counts.open.get() <= 5);
    server.serves();
}

#[test]
fn an_endless_body_is_not_read_and_its_sender_gets_the_answer() {
    let server = Server::start(Limits::default());
    let mut client = server.connect();
    client.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
    let piece = vec![b'x'; 1 << 16];
    let mut sent = 0;
    // What fits into the sockets' buffers on both sides may be taken, not more.
    while client.0.write_all(&piece).is_ok() {
        sent += piece.len();
        assert!(sent < 64 << 20);
    }
    let mut client = server.connect();
    client.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    client.send(&vec![b'x'; 100_000]);
    // The server may have answered and closed already.
    let _ = client.0.shutdown(Shutdown::Write);
    assert!(client.rest().ends_with("hello\n"));
    server.serves();
}

#[test]
fn http2_without_asking_is_closed() {
    let server = Server::start(Limits::default());
    let answer = server.talk(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0");
    assert_eq!(answer, "");
    let upgrade = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n\
        Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n";
    assert!(server.talk(upgrade).ends_with("hello\n"), "stays HTTP/1.1");
}

#[test]
fn a_client_may_close_its_side_and_still_read() {
    let server = Server::start(Limits::default());
    for path in ["/", "/slow"] {
        let mut client = server.connect();
        client.get(path);
        client.0.shutdown(Shutdown::Write).unwrap();
        server.render.store(true, Ordering::Release);
        assert!(client.rest().starts_with("HTTP/1.1 200 OK\r\n"), "{path}");
    }
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let server = Server::start(Limits::default());
    let mut client = server.connect();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40).as_bytes());
    client.send(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = client.rest();
    assert_eq!(answer.matches("HTTP/1.1 200 OK\r\n").count(), 41);
    assert_eq!(answer.matches("\r\n\r\nhello\n").count(), 40);
    assert!(answer.ends_with("\r\n\r\n"), "HEAD has no body: {answer}");
}

#[test]
fn a_slow_render_and_a_panic_keep_nobody_waiting() {
    let server = Server::start(short());
    let mut slow: Vec<Client> = (0..20)
        .map(|_| {
            let mut client = server.connect();
            client.get("/slow");
            client
        })
        .collect();
    let start = Instant::now();
    // Rendering has no deadline: it lasts longer here than every limit.
    while start.elapsed() < 2 * short().idle {
        server.serves();
    }
    server.render.store(true, Ordering::Release);
    for client in &mut slow {
        assert!(client.until("rendered\n").starts_with("HTTP/1.1 200"));
    }
    assert_eq!(server.talk(b"GET /panic HTTP/1.1\r\nHost: x\r\n\r\n"), "");
    let mut client = server.connect();
    client.get("/panic-late");
    assert!(client.until("\r\n\r\n").starts_with("HTTP/1.1 500 "));
    server.serves();
}

#[test]
fn more_renders_than_there_is_room_for_are_refused_and_the_rest_goes_on() {
    let server = Server::start(Limits::default());
    let mut clients: Vec<Client> = (0..RENDERS + 5)
        .map(|_| {
            let mut client = server.connect();
            client.get("/slow");
            client
        })
        .collect();
    server.serves();
    server.render.store(true, Ordering::Release);
    let answers = clients.iter_mut().map(|it| it.until("\r\n\r\n"));
    let refused = answers
        .filter(|it| it.starts_with("HTTP/1.1 503 "))
        .inspect(|it| {
            assert!(it.contains("\r\nretry-after: "), "{it}");
        });
    assert_eq!(refused.count(), 5);
}

#[test]
fn a_thousand_idle_connections_take_no_ones_place() {
    web::connections_allowed();
    let server = Server::start(Limits::default());
    let mut idle: Vec<Client> = (0..1_000).map(|_| server.connect()).collect();
    server.serves();
    for client in idle.iter_mut().step_by(2) {
        client.get("/");
    }
    server.serves();
    let (cut, took) = server.stop();
    assert_eq!(cut, 0);
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn when_all_places_are_taken_the_idle_make_room() {
    let limits = Limits {
        connections: 50,
        head: Duration::from_secs(60),
        idle: Duration::from_secs(60),
        ..Limits::default()
    };
    let server = Server::start(limits);
    let mut idle: Vec<Client> = (0..50).map(|_| server.connect()).collect();
    for client in &mut idle[..25] {
        client.get("/");
        client.until("hello\n");
    }
    for client in &mut idle[25..40] {
        client.send(b"GET / HTTP/1.1\r\n");
    }
    wait(|| (server.counts.open.get() == 50).then_some(()));
    let answer = server.talk(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(answer.ends_with("hello\n"), "{answer}");
    assert!(server.closed(Closed::Evicted) > 0);
}

#[test]
fn a_stop_lets_answers_finish_and_closes_the_rest() {
    let server = Server::start(Limits::default());
    let mut idle = server.connect();
    idle.get("/");
    idle.until("hello\n");
    let mut silent = server.connect();
    let mut slow = server.connect();
    slow.get("/slow");
    let mut reading = server.connect();
    reading.get("/big");
    reading.until("\r\n\r\n");
    server.serves();
    wait(|| (server.counts.open.get() == 4).then_some(()));

    server.stop.send_replace(true);
    assert_eq!(idle.rest(), "");
    assert_eq!(silent.rest(), "");
    let refused = TcpStream::connect(server.address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    server.render.store(true, Ordering::Release);
    let answer = slow.rest();
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    assert!(answer.ends_with("rendered\n"), "{answer}");
    assert_eq!(reading.rest().len(), 32 << 20);
    let (cut, _) = server.stop();
    assert_eq!(cut, 0);
}

#[test]
fn a_stop_waits_no_longer_than_it_may() {
    let limits = Limits {
        stall: Duration::from_secs(60),
        ..short()
    };
    let server = Server::start(limits);
    let mut client = server.connect();
    client.get("/big");
    client.until("\r\n\r\n");
    let (cut, took) = server.stop();
    assert_eq!(cut, 1);
    about(took, short().drain);
}
