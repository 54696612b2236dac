//! One connection: its requests -> its answers.
//!
//! Ordinary requests are read and answered here; from the first other one on,
//! the connection is hyper's.

use std::future::poll_fn;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use hyper::body::Bytes;
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::{Method, StatusCode};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::{JoinError, spawn_blocking};

use super::counts::Counts;
use super::ordinary::{self, ordinary};
use super::progress::Progress;
use super::send::{Manner, send};
use super::{Answer, Request, Response, unusual};

/// What a connection needs to be served.
pub(super) struct Connection<R> {
    /// Answers its requests.
    pub respond: Arc<R>,
    /// Where it tells what it is doing.
    pub progress: Arc<Progress>,
    /// True when the next answer is to be the last.
    pub stopping: Arc<AtomicBool>,
}

/// What came next on a connection.
enum Next {
    /// A request, with the answer to it.
    Asked(Answer, Manner),
    /// The beginning of something else: every byte that was read.
    Unusual(Vec<u8>),
    /// Nothing more, or nothing that is still to be answered.
    End,
}

impl<R> Connection<R>
where
    R: Fn(&Request<'_>) -> Answer + Send + Sync + 'static,
{
    /// Answers the requests that come on `stream` until one side closes.
    pub async fn serve(self, mut stream: TcpStream, protocol: &http1::Builder, counts: &Counts) {
        let begun = loop {
            let (answer, mut manner) = match poll_fn(|it| self.poll_next(it, &mut stream)).await {
                Next::Asked(answer, manner) => (answer, manner),
                Next::Unusual(begun) => break begun,
                Next::End => return,
            };
            let response = match answer {
                Answer::Ready(response) => response,
                Answer::Render(render) => rendered(spawn_blocking(render).await),
            };
            self.progress.answer();
            manner.last |= self.stopping.load(Ordering::Relaxed);
            let sent = send(&mut stream, &response, manner, &self.progress).await;
            if sent.is_err() || manner.last {
                return;
            }
            self.progress.flushed();
        };
        // Boxed, so that no other connection carries room for it.
        Box::pin(unusual::serve(self, stream, begun, protocol, counts)).await;
    }

    /// Reads what comes next and finds the answer, without anything that
    /// would have to be kept while nothing comes.
    fn poll_next(&self, context: &mut Context<'_>, stream: &mut TcpStream) -> Poll<Next> {
        let mut room = [MaybeUninit::uninit(); ordinary::LONGEST];
        let mut buffer = ReadBuf::uninit(&mut room);
        let read = ready!(Pin::new(stream).poll_read(context, &mut buffer));
        let bytes = buffer.filled();
        if read.is_err() || bytes.is_empty() {
            return Poll::Ready(Next::End);
        }
        self.progress.read();
        let mut headers = [const { MaybeUninit::uninit() }; ordinary::MOST_HEADERS];
        let Some(asked) = ordinary(bytes, &mut headers) else {
            return Poll::Ready(Next::Unusual(bytes.to_vec()));
        };
        if !self.progress.begin() {
            return Poll::Ready(Next::End);
        }
        let manner = Manner {
            bodiless: asked.request.method == Method::HEAD,
            last: asked.last,
        };
        Poll::Ready(Next::Asked((self.respond)(&asked.request), manner))
    }
}

/// What a thread has rendered. A render that panicked has been reported by
/// the panic hook.
pub(super) fn rendered(rendered: Result<Response, JoinError>) -> Response {
    rendered.unwrap_or_else(|_| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Response::new(status, HeaderMap::new(), Bytes::new())
    })
}
