//! A response -> its bytes on a socket, in one system call where the socket
//! takes them.

use std::cell::Cell;
use std::future::poll_fn;
use std::io::{self, IoSlice, Write as _};
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::progress::Progress;
use super::response::Response;

/// How one answer is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Without its body, to who asked with HEAD.
    pub bodiless: bool,
    /// As the last on its connection.
    pub last: bool,
}

/// Sends the whole response.
///
/// # Errors
/// The client is gone.
pub(super) async fn send(
    stream: &mut TcpStream,
    response: &Response,
    manner: Manner,
    progress: &Progress,
) -> io::Result<()> {
    let last: &[u8] = if manner.last {
        b"connection: close\r\n"
    } else {
        b""
    };
    let end = date_and_end();
    let body: &[u8] = if manner.bodiless { b"" } else { &response.body };
    let mut slices = [response.head.lines(), last, &end, body].map(IoSlice::new);
    let mut left = &mut slices[..];
    while !left.is_empty() {
        let written =
            poll_fn(|context| Pin::new(&mut *stream).poll_write_vectored(context, left)).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        progress.wrote(written);
        IoSlice::advance_slices(&mut left, written);
    }
    Ok(())
}

const NAME: &[u8] = b"date: ";
/// The length of an IMF-fixdate (RFC 9110, 5.6.7), in bytes.
const DATE: usize = 29;
const END: &[u8] = b"\r\n\r\n";
const LINE: usize = NAME.len() + DATE + END.len();

/// The Date header and the end of the head, written once a second on each
/// thread.
fn date_and_end() -> [u8; LINE] {
    thread_local! {
        static WRITTEN: Cell<(u64, [u8; LINE])> = const { Cell::new((u64::MAX, [0; LINE])) };
    }
    // Before 1970 the clock is wrong, and any date as good.
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs());
    WRITTEN.with(|written| {
        let (second, line) = written.get();
        if second == now {
            return line;
        }
        let line = line_of(now);
        written.set((now, line));
        line
    })
}

/// The line of an instant, in seconds since 1970.
fn line_of(second: u64) -> [u8; LINE] {
    // The last second that HTTP can write is in the year 9999.
    let second = second.min(253_402_300_799);
    let date = httpdate::HttpDate::from(UNIX_EPOCH + Duration::from_secs(second));
    let mut line = [b' '; LINE];
    let mut rest = &mut line[..];
    // A date has the length that there is room for.
    let _ = rest.write_all(NAME);
    let _ = write!(rest, "{date}");
    let _ = rest.write_all(END);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_fills_its_line() {
        for (second, expected) in [
            (784_111_777, "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"),
            (0, "date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n"),
            (u64::MAX, "date: Fri, 31 Dec 9999 23:59:59 GMT\r\n\r\n"),
        ] {
            assert_eq!(line_of(second), expected.as_bytes());
        }
        assert!(date_and_end().ends_with(b" GMT\r\n\r\n"));
    }
}
