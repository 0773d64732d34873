//! The server's life: binds its port, says where it is, and ends on Ctrl-C.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use super::state::AppState;

/// How long open downloads may go on once the server is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// Serves `state` until Ctrl-C (or SIGTERM), and tells `ready` the address once it is reachable. Port 0 is any
/// free port. Blocks.
///
/// # Errors
/// The port cannot be had (the text says why and what to do), or the system refuses threads or signals.
pub fn run(state: AppState, host: IpAddr, port: u16, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = bind(host, port).await?;
        // Listens for the signal before anyone can send it.
        let stop = signal()?;
        ready(listener.local_addr()?);
        serve(state, listener, stop).await
    });
    runtime.shutdown_background();
    result
}

async fn bind(host: IpAddr, port: u16) -> io::Result<TcpListener> {
    let address = SocketAddr::new(host, port);
    TcpListener::bind(address).await.map_err(|error| {
        let text = match error.kind() {
            io::ErrorKind::AddrInUse => format!(
                "port {port} of {host} is taken by another program; choose another with --port, or --port 0 for \
                 any that is free"
            ),
            io::ErrorKind::PermissionDenied => {
                format!("the system does not let this user open port {port}; choose one above 1023 with --port")
            }
            io::ErrorKind::AddrNotAvailable => {
                format!("{host} is no address of this machine; choose another with --host")
            }
            _ => format!("cannot listen on {address}: {error}; choose another with --port or --host"),
        };
        io::Error::new(error.kind(), text)
    })
}

/// Serves until `stop`, then lets open answers end.
async fn serve(state: AppState, listener: TcpListener, stop: impl Future<Output = ()>) -> io::Result<()> {
    let router = super::app(state.clone());
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    // Small answers go out at once instead of waiting for more.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let served = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = told.await;
    });
    let ended = async {
        stop.await;
        state.close();
        let _ = tell.send(());
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = served.into_future() => result,
        () = ended => Ok(()),
    }
}

/// Ctrl-C, or what a service manager sends.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal the server runs until it is killed, which does no harm.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;
    use crate::output::{File, Output};
    use crate::server::Options;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn state() -> AppState {
        let mut output = Output::default();
        output.add("index.html", File::from("the first page ".repeat(50)));
        AppState::new(output, "one", Options { live: true, ..Options::default() })
    }

    fn connect(address: SocketAddr) -> BufReader<TcpStream> {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        BufReader::new(stream)
    }

    /// Sends a request; gives the head of the answer.
    fn ask(stream: &mut BufReader<TcpStream>, request: &str) -> String {
        write!(stream.get_mut(), "{request}\r\nHost: localhost\r\n\r\n").unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(stream.read_line(&mut head).unwrap() > 0, "connection closed after {head:?}");
        }
        head.to_lowercase()
    }

    #[test]
    fn a_server_on_a_socket_answers_reloads_and_ends() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let listener = runtime.block_on(bind(HERE, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let state = state();
        let server = runtime.spawn(serve(state.clone(), listener, async {
            let _ = stopped.await;
        }));

        let mut client = connect(address);
        let head = ask(&mut client, "GET / HTTP/1.1");
        assert!(
            head.starts_with("http/1.1 200 ok\r\n") && head.contains("content-length: 750\r\n"),
            "{head}"
        );
        let mut body = vec![0; 750];
        client.read_exact(&mut body).unwrap();
        assert_eq!(body, "the first page ".repeat(50).as_bytes());

        // The connection stays; a HEAD and a 304 have no body, or the answer after them would be garbled.
        let head = ask(&mut client, "HEAD / HTTP/1.1");
        assert!(head.contains("content-length: 750\r\n"), "{head}");
        let head = ask(&mut client, "GET / HTTP/1.1\r\nIf-None-Match: *");
        assert!(head.starts_with("http/1.1 304 ") && !head.contains("content-length: 0"), "{head}");
        let head = ask(&mut client, "GET /nowhere HTTP/1.1");
        assert!(head.starts_with("http/1.1 404 "), "{head}");

        let mut live = connect(address);
        ask(&mut live, "GET /lectern/live HTTP/1.1");
        let mut wait_for = |wanted: &str| {
            let mut line = String::new();
            while line.trim() != wanted {
                line.clear();
                assert!(live.read_line(&mut line).unwrap() > 0, "stream ended before {wanted}");
            }
        };
        wait_for("data: one");
        state.replace(Output::default(), "two");
        wait_for("data: two");

        stop.send(()).unwrap();
        let ended = runtime.block_on(async { tokio::time::timeout(GRACE * 3, server).await });
        ended.unwrap().unwrap().unwrap();
        // The open stream was closed in an orderly way: its last chunk came.
        wait_for("0");
        assert!(TcpStream::connect(address).is_err());
    }

    #[test]
    fn a_taken_port_is_told_with_the_flag_that_changes_it() {
        let taken = std::net::TcpListener::bind((HERE, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = run(state(), HERE, port, |_| panic!("the port is taken")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        let text = error.to_string();
        assert!(text.contains(&port.to_string()) && text.contains("--port"), "{text}");
    }

    #[test]
    fn a_foreign_address_is_told_with_the_flag_that_changes_it() {
        // Reserved for documentation: no machine has it.
        let host = "192.0.2.1".parse().unwrap();
        let error = run(state(), host, 0, |_| panic!("not our address")).unwrap_err();
        assert!(error.to_string().contains("--host"), "{error}");
    }
}
