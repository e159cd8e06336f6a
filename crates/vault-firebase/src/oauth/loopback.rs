//! The local port for the browser's redirect. It is open during sign-in only, and closes after the first valid request.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::callback::{Callback, MOST_BYTES, is_whole, read};
use super::page;

/// A browser sends its request at once; a slower client is not one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Concurrent connections. Browsers open a few more than they need.
const AT_ONCE: usize = 16;

/// A port that waits for the browser.
pub(super) struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    /// Opens any free port, on the loopback interface only.
    pub(super) async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the request that carries `state`. All other requests get a 400 and delay nothing.
    pub(super) async fn wait(self, state: &str) -> std::io::Result<Callback> {
        let state: Arc<str> = state.into();
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let (sender, mut good) = mpsc::channel(1);
        // Dropped, with all connections, when this returns.
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                Some(callback) = good.recv() => {
                    // The page is being sent; give it time.
                    let _ = timeout(PATIENCE, connections.join_next()).await;
                    return Ok(callback);
                }
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted?;
                    // Above the limit, the connection is closed at once.
                    let Ok(place) = room.clone().try_acquire_owned() else { continue };
                    let (port, state, sender) = (self.port, state.clone(), sender.clone());
                    connections.spawn(async move {
                        let _place = place;
                        let _ = timeout(PATIENCE, serve(stream, port, &state, &sender)).await;
                    });
                }
                Some(_) = connections.join_next() => {}
            }
        }
    }
}

/// Handles one connection with one request.
async fn serve(mut stream: TcpStream, port: u16, state: &str, good: &mpsc::Sender<Callback>) -> std::io::Result<()> {
    let mut head = Vec::with_capacity(1024);
    while !is_whole(&head) && head.len() < MOST_BYTES {
        let room = u64::try_from(MOST_BYTES - head.len()).unwrap_or_default();
        if (&mut stream).take(room).read_buf(&mut head).await? == 0 {
            break;
        }
    }
    let callback = read(&head, port, state);
    let answer = match &callback {
        Ok(callback) => page::done(matches!(callback, Callback::Code(_))),
        Err(_) => page::refused(),
    };
    if let Ok(callback) = callback {
        // A second valid request would carry nothing new.
        let _ = good.try_send(callback);
    }
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

#[cfg(test)]
mod tests {
    use super::super::callback::PATH;
    use super::*;

    async fn ask(port: u16, request: &[u8]) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("connect");
        // The other side may respond and close before everything is sent.
        let _ = stream.write_all(request).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).expect("text")
    }

    fn good(port: u16) -> String {
        format!("GET {PATH}?state=abc&code=xyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")
    }

    #[tokio::test]
    async fn hostile_requests_are_refused_and_the_valid_one_still_succeeds() {
        let loopback = Loopback::open().await.expect("open");
        let port = loopback.port();
        let waiting = tokio::spawn(loopback.wait("abc"));
        for hostile in [
            good(port).replace("abc", "abd"),
            good(port).replace("127.0.0.1", "evil.example"),
            good(port).replace("GET", "POST"),
            good(port).replace(PATH, "/favicon.ico"),
            "x".repeat(3 * MOST_BYTES),
            "\r\n\r\n".to_owned(),
        ] {
            let answer = ask(port, hostile.as_bytes()).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
        }
        let answer = ask(port, good(port).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("You are signed in"));
        assert!(!answer.contains("xyz"));
        assert_eq!(waiting.await.expect("task").expect("callback"), Callback::Code("xyz".to_owned()));
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err(), "the port is still open");
    }

    #[tokio::test]
    async fn silent_connections_block_nobody() {
        let loopback = Loopback::open().await.expect("open");
        let port = loopback.port();
        let waiting = tokio::spawn(loopback.wait("abc"));
        let mut silent = Vec::new();
        for _ in 0..AT_ONCE - 1 {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("connect");
            stream.write_all(b"GET /").await.expect("write");
            silent.push(stream);
        }
        let answer = ask(port, good(port).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(waiting.await.expect("task").expect("callback"), Callback::Code("xyz".to_owned()));
    }
}
