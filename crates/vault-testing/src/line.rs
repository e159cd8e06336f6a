//! The network between a computer and a server, which can be cut, or go dead without a word: at once, or after so many
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

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// To the server.
    There,
    /// To the computer: what the server did is done, and nobody hears of it.
    Back,
}

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// All connections break off; new ones come through.
    Cut,
    /// Nothing comes through for so long, and nobody is told.
    Hang(Duration),
}

/// Trouble that comes once so many more bytes have gone this way, on whichever connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// Which way they go.
    pub way: Way,
    /// How many still come through.
    pub bytes: u64,
    /// What happens then.
    pub trouble: Trouble,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Through,
    /// What is sent is neither taken nor refused, as by a server that hangs.
    Dead,
    /// Nobody is there.
    Cut,
}

#[derive(Debug, Clone, Copy)]
struct Now {
    state: State,
    /// How often the connections that there were have been broken off.
    breaks: u64,
}

/// A line to one server; it ends with this value.
pub struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    now: watch::Sender<Now>,
    planned: Mutex<Planned>,
    pace: Mutex<Option<Pace>>,
}

/// How fast bytes go to the server.
struct Pace {
    per_second: u32,
    /// When the next one goes.
    next: Instant,
}

#[derive(Default)]
struct Planned {
    troubles: Vec<After>,
    come: u64,
    /// Bytes that came through, both ways.
    carried: u64,
}

impl Line {
    /// A line to the server that listens at `to` on this computer.
    ///
    /// # Panics
    /// When there is no port for it.
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

    /// Where the computer's end is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything comes through from now on; what was planned to happen does not.
    pub fn mend(&self) {
        self.shared.planned().troubles.clear();
        self.shared.set(State::Through);
    }

    /// Connections break off, and new ones with them.
    pub fn cut(&self) {
        self.shared.set(State::Cut);
    }

    /// Nothing comes through any more, and nobody is told.
    pub fn hang(&self) {
        self.shared.set(State::Dead);
    }

    /// No more bytes a second go to the server from now on, on all connections together.
    pub fn slow(&self, per_second: u32) {
        *self.shared.pace.lock() = Some(Pace { per_second, next: Instant::now() });
    }

    /// Plans what will happen, beside what was planned before.
    pub fn plan(&self, troubles: &[After]) {
        self.shared.planned().troubles.extend_from_slice(troubles);
    }

    /// How many bytes have come through, both ways.
    pub fn carried(&self) -> u64 {
        self.shared.planned().carried
    }

    /// How often something came that was planned.
    pub fn troubles(&self) -> u64 {
        self.shared.planned().come
    }
}

impl Drop for Line {
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

    /// How many of these bytes come through, and what happens then.
    fn passes(&self, way: Way, bytes: usize) -> (usize, Option<Trouble>) {
        let mut planned = self.planned();
        let first =
            planned.troubles.iter().enumerate().filter(|(_, after)| after.way == way).min_by_key(|(_, a)| a.bytes);
        let Some((at, After { bytes: left, trouble, .. })) = first.map(|(at, after)| (at, *after)) else {
            planned.carried += bytes as u64;
            return (bytes, None);
        };
        let through = usize::try_from(left).unwrap_or(usize::MAX).min(bytes);
        let comes = through < bytes;
        planned.carried += through as u64;
        if comes {
            planned.troubles.remove(at);
            planned.come += 1;
        }
        for after in planned.troubles.iter_mut().filter(|after| after.way == way) {
            after.bytes -= through as u64;
        }
        (through, comes.then_some(trouble))
    }

    /// Waits until so many bytes have had their time.
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

    async fn happens(&self, trouble: Trouble) {
        match trouble {
            Trouble::Cut => self.now.send_modify(|now| now.breaks += 1),
            Trouble::Hang(time) => {
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
        // A line adds no waiting of its own.
        let _ = (caller.set_nodelay(true), server.set_nodelay(true));
        let ((from_caller, to_caller), (from_server, to_server)) = (caller.into_split(), server.into_split());
        tokio::join!(
            carry(from_caller, to_server, Way::There, &shared),
            carry(from_server, to_caller, Way::Back, &shared)
        );
    };
    tokio::select! {
        () = through => {}
        _ = ended.wait_for(|now| now.state == State::Cut || now.breaks != breaks) => {}
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: Way, shared: &Shared) {
    let mut state = shared.now.subscribe();
    let mut some = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut some).await {
        let mut rest = &some[..count];
        if rest.is_empty() || !carry_on(&mut rest, &mut to, way, shared, &mut state).await {
            break;
        }
    }
    let _ = to.shutdown().await;
}

/// Carries these bytes, through whatever happens on the way; says whether there is still a connection.
async fn carry_on(
    rest: &mut &[u8],
    to: &mut OwnedWriteHalf,
    way: Way,
    shared: &Shared,
    state: &mut watch::Receiver<Now>,
) -> bool {
    while !rest.is_empty() {
        if state.wait_for(|now| now.state == State::Through).await.is_err() {
            return false;
        }
        let (count, trouble) = shared.passes(way, rest.len());
        let (now, later) = rest.split_at(count);
        if way == Way::There {
            shared.turn(count).await;
        }
        if to.write_all(now).await.is_err() {
            return false;
        }
        *rest = later;
        if let Some(trouble) = trouble {
            shared.happens(trouble).await;
            if trouble == Trouble::Cut {
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line to somebody who says everything back.
    async fn to_an_echo() -> Line {
        let echo = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let line = Line::to(echo.local_addr().unwrap()).await;
        tokio::spawn(async move {
            while let Ok((caller, _)) = echo.accept().await {
                let (mut from, mut to) = caller.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut to).await });
            }
        });
        line
    }

    async fn call(line: &Line) -> TcpStream {
        TcpStream::connect(line.address()).await.unwrap()
    }

    /// What comes back until the line breaks off.
    async fn heard(mut caller: TcpStream) -> Vec<u8> {
        let mut heard = Vec::new();
        // However it ends.
        let _ = caller.read_to_end(&mut heard).await;
        heard
    }

    #[tokio::test]
    async fn a_relay_carries_hangs_and_breaks() {
        let line = to_an_echo().await;
        let mut caller = call(&line).await;
        caller.write_all(b"one").await.unwrap();
        let mut heard = [0; 3];
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"one");
        line.hang();
        caller.write_all(b"two").await.unwrap();
        let silence = tokio::time::timeout(Duration::from_millis(200), caller.read_exact(&mut heard)).await;
        assert!(silence.is_err(), "it came through");
        line.mend();
        caller.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"two");
        line.cut();
        assert!(matches!(caller.read(&mut heard).await, Ok(0) | Err(_)));
        let mut again = call(&line).await;
        assert!(matches!(again.read(&mut heard).await, Ok(0) | Err(_)));
    }

    #[tokio::test]
    async fn a_connection_is_cut_at_a_byte_and_the_next_call_succeeds() {
        for (way, expected) in [(Way::There, &b"onetw"[..]), (Way::Back, &b"onetw"[..])] {
            let line = to_an_echo().await;
            line.plan(&[After { way, bytes: 5, trouble: Trouble::Cut }]);
            let mut caller = call(&line).await;
            caller.write_all(b"one").await.unwrap();
            caller.write_all(b"two").await.unwrap();
            let came = heard(caller).await;
            // What had gone there may not have come back when the line broke.
            assert!(expected.starts_with(&came), "{came:?}");
            assert_eq!(line.troubles(), 1);
            let mut next = call(&line).await;
            next.write_all(b"three").await.unwrap();
            next.shutdown().await.unwrap();
            assert_eq!(heard(next).await, b"three");
        }
    }

    #[tokio::test]
    async fn a_connection_that_hangs_for_a_while_loses_nothing() {
        let line = to_an_echo().await;
        let hang = Trouble::Hang(Duration::from_millis(50));
        line.plan(&[
            After { way: Way::There, bytes: 2, trouble: hang },
            After { way: Way::Back, bytes: 4, trouble: hang },
        ]);
        let mut caller = call(&line).await;
        caller.write_all(b"one two three").await.unwrap();
        caller.shutdown().await.unwrap();
        assert_eq!(heard(caller).await, b"one two three");
        assert_eq!((line.troubles(), line.carried()), (2, 26));
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
