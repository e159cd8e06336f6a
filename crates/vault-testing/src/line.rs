//! The network between a computer and the firm's vault, which can be cut, or go dead without a word.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Through,
    /// What is sent is neither taken nor refused, as by a server that hangs.
    Dead,
    /// Nobody is there.
    Cut,
}

/// A line to one server.
pub struct Line {
    address: SocketAddr,
    state: watch::Sender<State>,
}

impl Line {
    /// A line to the server that listens at `to` on this computer.
    ///
    /// # Panics
    /// When there is no port for it.
    pub async fn to(to: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (state, seen) = watch::channel(State::Through);
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(connect(caller, to, seen.clone()));
            }
        });
        Self { address, state }
    }

    /// Where the computer's end is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything comes through from now on.
    pub fn mend(&self) {
        self.state.send_replace(State::Through);
    }

    /// Connections break off, and new ones with them.
    pub fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    /// Nothing comes through any more, and nobody is told.
    pub fn hang(&self) {
        self.state.send_replace(State::Dead);
    }
}

async fn connect(caller: TcpStream, to: SocketAddr, seen: watch::Receiver<State>) {
    let mut ended = seen.clone();
    let through = async {
        if *seen.borrow() == State::Cut {
            return;
        }
        let Ok(server) = TcpStream::connect(to).await else { return };
        let ((from_caller, to_caller), (from_server, to_server)) = (caller.into_split(), server.into_split());
        tokio::join!(carry(from_caller, to_server, seen.clone()), carry(from_server, to_caller, seen.clone()));
    };
    tokio::select! {
        () = through => {}
        _ = ended.wait_for(|state| *state == State::Cut) => {}
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut state: watch::Receiver<State>) {
    let mut some = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut some).await {
        if count == 0 || state.wait_for(|state| *state == State::Through).await.is_err() {
            break;
        }
        if to.write_all(&some[..count]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_carries_hangs_and_breaks() {
        let echo = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let line = Line::to(echo.local_addr().unwrap()).await;
        tokio::spawn(async move {
            while let Ok((caller, _)) = echo.accept().await {
                let (mut from, mut to) = caller.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut to).await });
            }
        });
        let mut caller = TcpStream::connect(line.address()).await.unwrap();
        caller.write_all(b"one").await.unwrap();
        let mut heard = [0; 3];
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"one");
        line.hang();
        caller.write_all(b"two").await.unwrap();
        let silence = tokio::time::timeout(std::time::Duration::from_millis(200), caller.read_exact(&mut heard)).await;
        assert!(silence.is_err(), "it came through");
        line.mend();
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"two");
        line.cut();
        assert!(matches!(caller.read(&mut heard).await, Ok(0) | Err(_)));
        let mut again = TcpStream::connect(line.address()).await.unwrap();
        assert!(matches!(again.read(&mut heard).await, Ok(0) | Err(_)));
    }
}
