//! An address -> a listening socket whose connections are set up as they
//! must be.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

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

/// How long the kernel holds a connection on which nothing has come yet, in
/// whole seconds: one takes a place in the program once its request is there,
/// so that a crowd that says nothing keeps nobody from being accepted. Past
/// that time it is handed over all the same. Where the headers have less than
/// two seconds to come, it would be too long.
pub(super) fn deferral(limits: &Limits) -> Duration {
    let second = Duration::from_secs(1);
    if cfg!(target_os = "linux") && limits.head >= 2 * second {
        second
    } else {
        Duration::ZERO
    }
}

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
        // Where a system does not know it, the silent only take places sooner.
        if let Err(error) = defer(&listener, deferral(limits)) {
            tracing::warn!(%error, "cannot have silent connections held");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = limits;
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// Has connections held for so many seconds (`TCP_DEFER_ACCEPT`, tcp(7)).
#[cfg(target_os = "linux")]
fn defer(listener: &TcpListener, time: Duration) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;

    let seconds = libc::c_int::try_from(time.as_secs()).unwrap_or(libc::c_int::MAX);
    let length = libc::socklen_t::try_from(size_of_val(&seconds)).expect("an int is four bytes");
    // SAFETY: the descriptor is open as long as the listener is borrowed, and
    // the kernel reads one c_int from where one lies.
    #[allow(unsafe_code)]
    let set = unsafe {
        libc::setsockopt(
            listener.as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_DEFER_ACCEPT,
            (&raw const seconds).cast(),
            length,
        )
    };
    if set == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
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
            let mut client = TcpStream::connect(address).unwrap();
            client.write_all(b"GET").unwrap();
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

    #[cfg(target_os = "linux")]
    #[test]
    fn who_says_nothing_takes_no_place_for_a_second() {
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        defer(&listener, deferral(&Limits::default())).unwrap();
        let address = listener.local_addr().unwrap();
        let silent = TcpStream::connect(address).unwrap();
        let mut asking = TcpStream::connect(address).unwrap();
        asking.write_all(b"GET").unwrap();
        let (_, first) = listener.accept().unwrap();
        assert_eq!(first, asking.local_addr().unwrap());
        let (_, second) = listener.accept().unwrap();
        assert_eq!(second, silent.local_addr().unwrap());
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
