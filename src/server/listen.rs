//! An address -> a listening socket whose connections are set up as they
//! must be.

use std::io;
use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, SockRef, Socket, Type};

use super::Limits;

/// How many connections the kernel holds until they are accepted; it caps
/// this at `net.core.somaxconn`.
const QUEUE: i32 = 4096;

/// What the kernel takes of an answer beyond what the reader's window lets it
/// send, in bytes. By itself it takes up to 4 MB for each reader: a few hundred
/// who ask and do not read fill its memory, and the copying keeps others
/// waiting. Readers that read are not slowed: what they take makes room.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 128 * 1024;

/// Listens on `address`. An IPv6 address takes no IPv4 connections unless it
/// is `[::]`, which takes both.
///
/// # Errors
/// When the address is taken, not this machine's, or not to be had without
/// more rights.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if address.is_ipv6() {
        socket.set_only_v6(!address.ip().is_unspecified())?;
    }
    // A restart must not wait until the old connections' TIME_WAIT is over.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(QUEUE)?;
    Ok(socket.into())
}

/// Sets on the listener what its connections inherit, so that a connection
/// costs no system call for it, and hands it to the runtime.
pub(super) fn prepare(
    listener: TcpListener,
    limits: &Limits,
) -> io::Result<tokio::net::TcpListener> {
    let socket = SockRef::from(&listener);
    // Answers are written whole; waiting for more would only delay them.
    socket.set_tcp_nodelay(true)?;
    // Holds where the program has done its part: for an answer that the
    // kernel has taken over from a connection already closed, to a reader
    // who has shut the window or is gone.
    #[cfg(target_os = "linux")]
    {
        socket.set_tcp_user_timeout(Some(limits.stall))?;
        socket.set_tcp_notsent_lowat(UNSENT)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = limits;
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, TcpStream};

    use super::*;

    #[test]
    fn connections_inherit_what_was_set_on_the_listener() {
        let runtime = super::super::runtime().unwrap();
        runtime.block_on(async {
            let limits = Limits::default();
            let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let address = listener.local_addr().unwrap();
            let listener = prepare(listener, &limits).unwrap();
            let _client = TcpStream::connect(address).unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            assert!(stream.nodelay().unwrap());
            #[cfg(target_os = "linux")]
            assert_eq!(
                SockRef::from(&stream).tcp_user_timeout().unwrap(),
                Some(limits.stall)
            );
            #[cfg(target_os = "linux")]
            assert_eq!(SockRef::from(&stream).tcp_notsent_lowat().unwrap(), UNSENT);
        });
    }

    #[test]
    fn the_unspecified_address_of_ipv6_takes_both() {
        // A machine may have no IPv6 at all.
        let Ok(listener) = listen((Ipv6Addr::UNSPECIFIED, 0).into()) else {
            return;
        };
        let port = listener.local_addr().unwrap().port();
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    }

    #[test]
    fn an_address_that_is_taken_is_an_error() {
        let first = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let error = listen(first.local_addr().unwrap()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }
}
