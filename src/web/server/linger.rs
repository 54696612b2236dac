//! The end of a connection whose client may still be sending.

use std::io::{self, ErrorKind};

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How much a client may go on sending after its last answer, in bytes.
const MOST: usize = 256 * 1024;

/// Closes the sending side, and the other once the client has closed its own.
/// A socket closed while unread bytes lie in it, or still come, is reset, and
/// a reset makes the client's system throw away the answer that it has not
/// read yet (RFC 9112, section 9.6): an upload would see a broken connection
/// instead of its 405. For how long is the roster's to say.
pub(super) async fn linger(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut waste = vec![0; 4096];
    let mut left = MOST;
    while left > 0 {
        stream.readable().await?;
        match stream.try_read(&mut waste) {
            Ok(0) => break,
            Ok(read) => left = left.saturating_sub(read),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
