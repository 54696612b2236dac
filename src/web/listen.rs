//! An address -> a listening socket whose connections are set up as they
//! must be.

use std::io;
use std::net::{SocketAddr, TcpListener};

#[cfg(unix)]
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use socket2::{Domain, Protocol, SockRef, Socket, Type};

use super::server::Limits;

/// How many connections the kernel holds until they are accepted; it caps
/// this at `net.core.somaxconn`.
const QUEUE: i32 = 4096;

/// What the kernel takes of an answer beyond what the reader's window lets it
/// send, in bytes. By itself it takes up to 4 MB for each reader, so that a few
/// hundred who ask and do not read fill its memory.
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

/// Sets on the listener what its connections inherit, and hands it to the
/// runtime.
pub(super) fn prepare(
    listener: TcpListener,
    limits: &Limits,
) -> io::Result<tokio::net::TcpListener> {
    let socket = SockRef::from(&listener);
    // Answers are written whole; waiting for more would only delay them.
    socket.set_tcp_nodelay(true)?;
    #[cfg(target_os = "linux")]
    {
        // For a reader who is gone or takes nothing of what the kernel still
        // holds, also after the program has closed the connection.
        socket.set_tcp_user_timeout(Some(limits.stall))?;
        socket.set_tcp_notsent_lowat(UNSENT)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = limits;
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// How many connections the system lets the process hold, once the number of
/// files that it may open is raised to the most allowed (login shells start
/// programs with 1,024). Some files are kept back: while clients take every
/// connection there is, the schedule must still be read and its history
/// written.
#[cfg(unix)]
pub fn connections_allowed() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        ..limit
    };
    let files = if setrlimit(Resource::Nofile, most).is_ok() {
        limit.maximum
    } else {
        limit.current
    };
    // `None` is no limit.
    let files = files.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    });
    connections_within(files)
}

/// Elsewhere the system sets no such limit.
#[cfg(not(unix))]
pub fn connections_allowed() -> usize {
    connections_within(usize::MAX)
}

/// Where there are few files at all, most are still for those who ask.
fn connections_within(files: usize) -> usize {
    (files - (files / 4).min(64)).max(1)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, TcpStream};

    use super::*;

    #[test]
    fn connections_inherit_what_was_set_on_the_listener() {
        let runtime = crate::web::runtime().unwrap();
        runtime.block_on(async {
            let limits = Limits::default();
            let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let address = listener.local_addr().unwrap();
            let listener = prepare(listener, &limits).unwrap();
            let _client = TcpStream::connect(address).unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            assert!(stream.nodelay().unwrap());
            #[cfg(target_os = "linux")]
            {
                let socket = SockRef::from(&stream);
                assert_eq!(socket.tcp_user_timeout().unwrap(), Some(limits.stall));
                assert_eq!(socket.tcp_notsent_lowat().unwrap(), UNSENT);
            }
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
    fn a_few_open_files_are_still_many_connections() {
        for (files, connections) in [
            (0, 1),
            (1, 1),
            (64, 48),
            (256, 192),
            (1_024, 960),
            (20_000, 19_936),
        ] {
            assert_eq!(connections_within(files), connections);
        }
    }
}
