//! One connection: its requests -> its answers.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use hyper::StatusCode;
use hyper::body::Body;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::counts::Counts;
use super::linger::linger;
use super::progress::Progress;
use super::refusal::refusal;
use super::{Answer, Request, Response};

/// What a connection needs to be served.
pub(super) struct Connection<R> {
    /// Answers its requests.
    pub respond: Arc<R>,
    /// Where it tells what it is doing.
    pub progress: Arc<Progress>,
    /// True when the next answer is to be the last.
    pub stopping: Arc<AtomicBool>,
}

impl<R> Connection<R>
where
    R: Fn(&Request) -> Answer + Send + Sync + 'static,
{
    /// Answers the requests that come on `stream` until one side closes.
    pub async fn serve(self, stream: TcpStream, protocol: &http1::Builder, counts: &Counts) {
        let progress = self.progress.clone();
        let stream = Told {
            stream,
            progress: progress.clone(),
        };
        let mut connection = protocol.serve_connection(TokioIo::new(stream), self);
        // The socket is not shut down on the way out: closing it does the same
        // for one system call less, except where the client still sends.
        let end = poll_fn(|context| connection.poll_without_shutdown(context)).await;
        progress.leave();
        let malformed = end.is_err_and(|error| error.is_parse());
        if malformed {
            counts.malformed.fetch_add(1, Ordering::Relaxed);
        }
        if malformed || progress.left_unread() {
            let stream = connection.into_parts().io.into_inner().stream;
            // Boxed, so that no other connection carries room for it.
            // Nothing is left to be told, whatever became of it.
            let _ = Box::pin(linger(stream)).await;
        }
    }
}

impl<R> Service<Request> for Connection<R>
where
    R: Fn(&Request) -> Answer,
{
    type Response = Response;
    type Error = io::Error;
    type Future = Reply;

    fn call(&self, request: Request) -> Reply {
        if !self.progress.begin() {
            return Reply::Dismissed;
        }
        // Nothing here takes a body, and an endless one must not be read for
        // ever: the answer is the connection's last.
        let has_body = !request.body().is_end_stream();
        if has_body {
            self.progress.leave_unread();
        }
        match refusal(&request).map_or_else(|| (self.respond)(&request), Answer::Ready) {
            Answer::Ready(response) => {
                self.progress.answer();
                let last = has_body || self.stopping.load(Ordering::Relaxed);
                Reply::Ready(Some(closing(response, last)))
            }
            Answer::Render(render) => Reply::Rendering {
                render: tokio::task::spawn_blocking(render),
                progress: self.progress.clone(),
                stopping: self.stopping.clone(),
            },
        }
    }
}

/// The response, and with it the end of the connection where it is the last.
fn closing(mut response: Response, last: bool) -> Response {
    if last {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A response, at once or in a while.
pub(super) enum Reply {
    /// It was at hand.
    Ready(Option<Response>),
    /// It is being made.
    Rendering {
        render: JoinHandle<Response>,
        progress: Arc<Progress>,
        stopping: Arc<AtomicBool>,
    },
    /// The connection was closed just before the request came.
    Dismissed,
}

impl Future for Reply {
    type Output = io::Result<Response>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Reply::Ready(response) => Poll::Ready(response.take().ok_or_else(closed)),
            Reply::Dismissed => Poll::Ready(Err(closed())),
            Reply::Rendering {
                render,
                progress,
                stopping,
            } => {
                let rendered = ready!(Pin::new(render).poll(context));
                progress.answer();
                // A render that panicked has been reported by the panic hook.
                let response = rendered.unwrap_or_else(|_| {
                    let mut response = Response::default();
                    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                    response
                });
                let last = progress.left_unread() || stopping.load(Ordering::Relaxed);
                Poll::Ready(Ok(closing(response, last)))
            }
        }
    }
}

fn closed() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

/// A stream that tells what comes and goes on it.
struct Told {
    stream: TcpStream,
    progress: Arc<Progress>,
}

impl AsyncRead for Told {
    #[inline]
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        if !buffer.filled().is_empty() {
            self.progress.read();
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for Told {
    #[inline]
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.progress.wrote(written);
        Poll::Ready(Ok(written))
    }

    #[inline]
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, slices))?;
        self.progress.wrote(written);
        Poll::Ready(Ok(written))
    }

    #[inline]
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper asks for this once the socket has taken all that there was.
    #[inline]
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.progress.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
