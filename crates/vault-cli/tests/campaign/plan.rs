//! The faults of one seed: a value, computed from the seed alone.

use std::time::Duration;

use vault_testing::proxy::{Direction, FaultAfter, NetworkFault};

use crate::numbers::Numbers;

/// Where the content is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// To the strict server.
    Strict,
    /// To the emulator, which checks little and is slow.
    Emulator,
}

/// The events of one seed, after which all requests succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) storage: Storage,
    /// Runs of the program with faults.
    pub(crate) runs: Vec<Run>,
    /// Whether the same folder is filed once more at the end.
    pub(crate) again: bool,
    /// Whether everything is restored then; the stored content is checked in any case.
    pub(crate) back: bool,
}

/// When the program is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// When a thread makes its nth system call that writes or sends anything.
    Call(u64),
    /// After this time.
    After(Duration),
    /// When the storage has got so many requests.
    Requests(usize),
    /// When so many bytes have gone to Firestore and come from it.
    Bytes(u64),
}

/// The faults of one run of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) kill: Option<Moment>,
    pub(crate) auth: Vec<FaultAfter>,
    pub(crate) firestore: Vec<FaultAfter>,
    /// For the proxy before the emulator; the strict server has its own faults.
    pub(crate) storage: Vec<FaultAfter>,
    pub(crate) server: Server,
}

/// The faults of the strict server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Server {
    /// So many of eight requests fail.
    pub(crate) of_eight: u64,
    /// Whether requests for one object may fail so often that the program stops trying for now.
    pub(crate) merciless: bool,
    /// Whether all open uploads are forgotten before the run.
    pub(crate) forgets: bool,
}

/// One of so many seeds goes to the emulator.
const EMULATOR_OF: u64 = 20;

/// Longer than a run may take: a connection that hangs so long hangs until the program is killed.
const FOR_EVER: Duration = Duration::from_mins(5);

impl Plan {
    /// `by_call`: whether the program can be killed at a system call here.
    pub(crate) fn of(seed: u64, by_call: bool) -> Self {
        let mut numbers = Numbers::new(seed ^ 0xCA_4BA1);
        let storage = if seed % EMULATOR_OF == EMULATOR_OF - 1 { Storage::Emulator } else { Storage::Strict };
        let runs = (0..=numbers.below(3)).map(|_| Run::of(&mut numbers, storage, by_call)).collect();
        Self { seed, storage, runs, again: numbers.below(4) == 0, back: numbers.below(2) == 0 }
    }

    /// The same without anything that depends on time: no kill, and no network that hangs. Two runs of it are equal.
    pub(crate) fn without_time(mut self) -> Self {
        for run in &mut self.runs {
            run.kill = None;
            for network_faults in [&mut run.auth, &mut run.firestore, &mut run.storage] {
                network_faults.clear();
            }
            run.server.merciless = false;
        }
        self
    }
}

impl Run {
    fn of(numbers: &mut Numbers, storage: Storage, by_call: bool) -> Self {
        let strict = storage == Storage::Strict;
        let kill = match numbers.below(10) {
            0 => None,
            // Of a whole run: threads make up to 200 such calls, and reach the first twenty before there is a drop.
            1..=3 if by_call => Some(Moment::Call(16 + numbers.below(150))),
            4 if by_call => Some(Moment::Call(1 + numbers.below(30))),
            5 | 6 if strict => Some(Moment::Requests(usize::try_from(1 + numbers.below(40)).expect("small"))),
            7 | 8 => Some(Moment::Bytes(numbers.below(60_000))),
            _ => Some(Moment::After(Duration::from_millis(numbers.below(900)))),
        };
        Self {
            kill,
            auth: network_faults(numbers, 5, 3_000),
            firestore: network_faults(numbers, 2, 40_000),
            storage: if strict { Vec::new() } else { network_faults(numbers, 1, 200_000) },
            server: Server {
                of_eight: if strict { numbers.below(6) } else { 0 },
                merciless: numbers.below(6) == 0,
                forgets: numbers.below(6) == 0,
            },
        }
    }
}

/// Faults of a proxy, in one of so many runs, within so many bytes.
fn network_faults(numbers: &mut Numbers, once_in: u64, bytes: u64) -> Vec<FaultAfter> {
    if numbers.below(once_in) > 0 {
        return Vec::new();
    }
    (0..=numbers.below(3))
        .map(|_| {
            let most = 1 + numbers.below(bytes);
            let fault = match numbers.below(16) {
                0 => NetworkFault::Hang(FOR_EVER),
                1..=4 => NetworkFault::Hang(Duration::from_millis(20 + numbers.below(300))),
                _ => NetworkFault::Cut,
            };
            let direction = if numbers.below(2) == 0 { Direction::ToServer } else { Direction::ToClient };
            FaultAfter { direction, bytes: numbers.below(most), fault }
        })
        .collect()
}
