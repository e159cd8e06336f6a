//! A proxy between a computer and a server whose network can be cut, or hang silently: at once, or after a number of
//! bytes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

/// The direction of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the server.
    ToServer,
    /// To the client: the server has acted, and the reply may get lost.
    ToClient,
}

/// A fault of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFault {
    /// All connections break; new ones succeed.
    Cut,
    /// Nothing passes for this time, and no side is notified.
    Hang(Duration),
}

/// A fault that happens once, after this many more bytes in this direction, over all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultAfter {
    /// The direction that is counted.
    pub direction: Direction,
    /// How many bytes still pass.
    pub bytes: u64,
    /// The fault that then happens.
    pub fault: NetworkFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Through,
    /// Sent bytes are neither accepted nor refused, as by a server that hangs.
    Dead,
    /// New connections are refused.
    Cut,
}

#[derive(Debug, Clone, Copy)]
struct Now {
    state: State,
    /// How often the open connections have been broken.
    breaks: u64,
}

/// A proxy to one server; dropping it closes it.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    now: watch::Sender<Now>,
    planned: Mutex<Planned>,
    pace: Mutex<Option<Pace>>,
}

/// The rate limit towards the server.
struct Pace {
    per_second: u32,
    /// When the next byte may pass.
    next: Instant,
}

#[derive(Default)]
struct Planned {
    faults: Vec<FaultAfter>,
    happened: u64,
    /// Bytes that passed, in both directions.
    bytes_passed: u64,
}

impl Proxy {
    /// A proxy to the server that listens at `to` on this computer.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn to(to: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (now, _) = watch::channel(Now { state: State::Through, breaks: 0 });
        let shared = Arc::new(Shared { now, planned: Mutex::default(), pace: Mutex::default() });
        let all = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((caller, _)) = listener.accept() => drop(connections.spawn(connect(caller, to, Arc::clone(&all)))),
                    Some(_) = connections.join_next() => {}
                }
            }
        });
        Self { address, shared, task }
    }

    /// The address to connect to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything passes from now on; planned faults are discarded.
    pub fn repair(&self) {
        self.shared.planned().faults.clear();
        self.shared.set(State::Through);
    }

    /// Open connections break, and new ones are refused.
    pub fn cut(&self) {
        self.shared.set(State::Cut);
    }

    /// Nothing passes any more, and no side is notified.
    pub fn hang(&self) {
        self.shared.set(State::Dead);
    }

    /// Limits the bytes per second to the server from now on, over all connections.
    pub fn slow(&self, per_second: u32) {
        *self.shared.pace.lock() = Some(Pace { per_second, next: Instant::now() });
    }

    /// Plans faults, in addition to those planned before.
    pub fn plan(&self, faults: &[FaultAfter]) {
        self.shared.planned().faults.extend_from_slice(faults);
    }

    /// How many bytes have passed, in both directions.
    pub fn bytes_passed(&self) -> u64 {
        self.shared.planned().bytes_passed
    }

    /// How many planned faults have happened.
    pub fn faults_happened(&self) -> u64 {
        self.shared.planned().happened
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn planned(&self) -> parking_lot::MutexGuard<'_, Planned> {
        self.planned.lock()
    }

    fn set(&self, state: State) {
        self.now.send_modify(|now| {
            now.breaks += u64::from(state == State::Cut);
            now.state = state;
        });
    }

    /// How many of these bytes pass, and which fault then happens.
    fn passes(&self, direction: Direction, bytes: usize) -> (usize, Option<NetworkFault>) {
        let mut planned = self.planned();
        let first = planned
            .faults
            .iter()
            .enumerate()
            .filter(|(_, after)| after.direction == direction)
            .min_by_key(|(_, a)| a.bytes);
        let Some((at, FaultAfter { bytes: left, fault, .. })) = first.map(|(at, after)| (at, *after)) else {
            planned.bytes_passed += bytes as u64;
            return (bytes, None);
        };
        let through = usize::try_from(left).unwrap_or(usize::MAX).min(bytes);
        let comes = through < bytes;
        planned.bytes_passed += through as u64;
        if comes {
            planned.faults.remove(at);
            planned.happened += 1;
        }
        for after in planned.faults.iter_mut().filter(|after| after.direction == direction) {
            after.bytes -= through as u64;
        }
        (through, comes.then_some(fault))
    }

    /// Waits until the rate limit lets this many bytes pass.
    async fn turn(&self, bytes: usize) {
        let until = {
            let mut pace = self.pace.lock();
            let Some(pace) = &mut *pace else { return };
            let time = Duration::from_secs(1) * u32::try_from(bytes).unwrap_or(u32::MAX) / pace.per_second;
            pace.next = pace.next.max(Instant::now()) + time;
            pace.next
        };
        tokio::time::sleep_until(until).await;
    }

    async fn happens(&self, fault: NetworkFault) {
        match fault {
            NetworkFault::Cut => self.now.send_modify(|now| now.breaks += 1),
            NetworkFault::Hang(time) => {
                self.set(State::Dead);
                tokio::time::sleep(time).await;
                self.now.send_if_modified(|now| {
                    let dead = now.state == State::Dead;
                    if dead {
                        now.state = State::Through;
                    }
                    dead
                });
            }
        }
    }
}

async fn connect(caller: TcpStream, to: SocketAddr, shared: Arc<Shared>) {
    let mut ended = shared.now.subscribe();
    let Now { state, breaks } = *ended.borrow();
    let through = async {
        if state == State::Cut {
            return;
        }
        let Ok(server) = TcpStream::connect(to).await else { return };
        // The proxy adds no delay of its own.
        let _ = (caller.set_nodelay(true), server.set_nodelay(true));
        let ((from_caller, to_caller), (from_server, to_server)) = (caller.into_split(), server.into_split());
        tokio::join!(
            forward(from_caller, to_server, Direction::ToServer, &shared),
            forward(from_server, to_caller, Direction::ToClient, &shared)
        );
    };
    tokio::select! {
        () = through => {}
        _ = ended.wait_for(|now| now.state == State::Cut || now.breaks != breaks) => {}
    }
}

async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, direction: Direction, shared: &Shared) {
    let mut state = shared.now.subscribe();
    let mut some = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut some).await {
        let mut rest = &some[..count];
        if rest.is_empty() || !forward_some(&mut rest, &mut to, direction, shared, &mut state).await {
            break;
        }
    }
    let _ = to.shutdown().await;
}

/// Forwards these bytes, through any faults; returns whether the connection is still open.
async fn forward_some(
    rest: &mut &[u8],
    to: &mut OwnedWriteHalf,
    direction: Direction,
    shared: &Shared,
    state: &mut watch::Receiver<Now>,
) -> bool {
    while !rest.is_empty() {
        if state.wait_for(|now| now.state == State::Through).await.is_err() {
            return false;
        }
        let (count, fault) = shared.passes(direction, rest.len());
        let (now, later) = rest.split_at(count);
        if direction == Direction::ToServer {
            shared.turn(count).await;
        }
        if to.write_all(now).await.is_err() {
            return false;
        }
        *rest = later;
        if let Some(fault) = fault {
            shared.happens(fault).await;
            if fault == NetworkFault::Cut {
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A proxy to an echo server.
    async fn to_an_echo() -> Proxy {
        let echo = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let proxy = Proxy::to(echo.local_addr().unwrap()).await;
        tokio::spawn(async move {
            while let Ok((caller, _)) = echo.accept().await {
                let (mut from, mut to) = caller.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut to).await });
            }
        });
        proxy
    }

    async fn call(proxy: &Proxy) -> TcpStream {
        TcpStream::connect(proxy.address()).await.unwrap()
    }

    /// What is returned until the connection breaks.
    async fn heard(mut caller: TcpStream) -> Vec<u8> {
        let mut heard = Vec::new();
        // Whether it ends or breaks.
        let _ = caller.read_to_end(&mut heard).await;
        heard
    }

    #[tokio::test]
    async fn a_proxy_forwards_hangs_and_breaks() {
        let proxy = to_an_echo().await;
        let mut caller = call(&proxy).await;
        caller.write_all(b"one").await.unwrap();
        let mut heard = [0; 3];
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"one");
        proxy.hang();
        caller.write_all(b"two").await.unwrap();
        let silence = tokio::time::timeout(Duration::from_millis(200), caller.read_exact(&mut heard)).await;
        assert!(silence.is_err(), "it passed");
        proxy.repair();
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"two");
        proxy.cut();
        assert!(matches!(caller.read(&mut heard).await, Ok(0) | Err(_)));
        let mut again = call(&proxy).await;
        assert!(matches!(again.read(&mut heard).await, Ok(0) | Err(_)));
    }

    #[tokio::test]
    async fn a_connection_is_cut_at_a_byte_and_the_next_call_succeeds() {
        for (direction, expected) in [(Direction::ToServer, &b"onetw"[..]), (Direction::ToClient, &b"onetw"[..])] {
            let proxy = to_an_echo().await;
            proxy.plan(&[FaultAfter { direction, bytes: 5, fault: NetworkFault::Cut }]);
            let mut caller = call(&proxy).await;
            caller.write_all(b"one").await.unwrap();
            caller.write_all(b"two").await.unwrap();
            let came = heard(caller).await;
            // Bytes that were echoed may not have arrived when the connection broke.
            assert!(expected.starts_with(&came), "{came:?}");
            assert_eq!(proxy.faults_happened(), 1);
            let mut next = call(&proxy).await;
            next.write_all(b"three").await.unwrap();
            next.shutdown().await.unwrap();
            assert_eq!(heard(next).await, b"three");
        }
    }

    #[tokio::test]
    async fn a_connection_that_hangs_for_a_while_loses_nothing() {
        let proxy = to_an_echo().await;
        let hang = NetworkFault::Hang(Duration::from_millis(50));
        proxy.plan(&[
            FaultAfter { direction: Direction::ToServer, bytes: 2, fault: hang },
            FaultAfter { direction: Direction::ToClient, bytes: 4, fault: hang },
        ]);
        let mut caller = call(&proxy).await;
        caller.write_all(b"one two three").await.unwrap();
        caller.shutdown().await.unwrap();
        assert_eq!(heard(caller).await, b"one two three");
        assert_eq!((proxy.faults_happened(), proxy.bytes_passed()), (2, 26));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_connection_is_slow() {
        let shared = Shared {
            now: watch::channel(Now { state: State::Through, breaks: 0 }).0,
            planned: Mutex::default(),
            pace: Mutex::default(),
        };
        let begun = Instant::now();
        shared.turn(1_000_000).await;
        assert_eq!(begun.elapsed(), Duration::ZERO, "it is not slow yet");
        *shared.pace.lock() = Some(Pace { per_second: 1000, next: Instant::now() });
        tokio::join!(shared.turn(500), shared.turn(500), shared.turn(1000));
        assert_eq!(begun.elapsed().as_secs(), 2);
    }
}
