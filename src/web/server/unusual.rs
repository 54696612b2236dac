//! What is out of the ordinary on a connection: hyper's, from its first byte.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::connection::{Connection, rendered};
use super::counts::Counts;
use super::linger::linger;
use super::progress::Progress;
use super::refusal::refusal;
use super::{Answer, Request, Response};

/// Serves the rest of a connection on which `begun` was read already.
pub(super) async fn serve<R>(
    connection: Connection<R>,
    stream: TcpStream,
    begun: Vec<u8>,
    protocol: &http1::Builder,
    counts: &Counts,
) where
    R: Fn(&Request<'_>) -> Answer + Send + Sync + 'static,
{
    let progress = connection.progress.clone();
    let stream = Told {
        begun,
        stream,
        progress: progress.clone(),
    };
    let mut connection = protocol.serve_connection(TokioIo::new(stream), connection);
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
        // Nothing is left to be told, whatever became of it.
        let _ = linger(stream).await;
    }
}

impl<R> Service<hyper::Request<Incoming>> for Connection<R>
where
    R: Fn(&Request<'_>) -> Answer,
{
    type Response = hyper::Response<Full<Bytes>>;
    type Error = io::Error;
    type Future = Reply;

    fn call(&self, request: hyper::Request<Incoming>) -> Reply {
        if !self.progress.begin() {
            return Reply::Dismissed;
        }
        // Nothing here takes a body, and an endless one must not be read for
        // ever: the answer is the connection's last.
        let has_body = !request.body().is_end_stream();
        if has_body {
            self.progress.leave_unread();
        }
        let answer = refusal(request.headers())
            .map_or_else(|| (self.respond)(&Request::from(&request)), Answer::Ready);
        match answer {
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
fn closing(response: Response, last: bool) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::from(response);
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
    Ready(Option<hyper::Response<Full<Bytes>>>),
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
    type Output = io::Result<hyper::Response<Full<Bytes>>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Reply::Ready(response) => Poll::Ready(response.take().ok_or_else(closed)),
            Reply::Dismissed => Poll::Ready(Err(closed())),
            Reply::Rendering {
                render,
                progress,
                stopping,
            } => {
                let response = rendered(ready!(Pin::new(render).poll(context)));
                progress.answer();
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
    /// What was read of it before.
    begun: Vec<u8>,
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
        if !self.begun.is_empty() {
            let fits = self.begun.len().min(buffer.remaining());
            buffer.put_slice(&self.begun[..fits]);
            self.begun.drain(..fits);
            return Poll::Ready(Ok(()));
        }
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
