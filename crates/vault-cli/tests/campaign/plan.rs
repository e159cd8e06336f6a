//! What goes wrong with one seed: a value, made of nothing but the seed.

use std::time::Duration;

use vault_testing::line::{After, Trouble, Way};

use crate::numbers::Numbers;

/// Where the bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// To the strict server.
    Strict,
    /// To the emulator, which checks little and takes its time.
    Emulator,
}

/// What happens with one seed, after which all goes well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) storage: Storage,
    /// Runs of the program in which something goes wrong.
    pub(crate) runs: Vec<Run>,
    /// Whether the same folder is filed once more at the end.
    pub(crate) again: bool,
    /// Whether everything is given back then; what is stored is looked at in any case.
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

/// What goes wrong while the program runs once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) kill: Option<Moment>,
    pub(crate) auth: Vec<After>,
    pub(crate) firestore: Vec<After>,
    /// Of the line to the emulator; the strict server has faults of its own.
    pub(crate) storage: Vec<After>,
    pub(crate) server: Server,
}

/// What goes wrong at the strict server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Server {
    /// Of eight requests so many go wrong.
    pub(crate) of_eight: u64,
    /// Whether requests for one object may go wrong so often that the program gives up for now.
    pub(crate) merciless: bool,
    /// Whether all uploads that were under way are forgotten before the run.
    pub(crate) forgets: bool,
}

/// Of so many seeds one goes to the emulator.
const EMULATOR_OF: u64 = 20;

/// Longer than a run may take: what hangs so long, hangs until it is killed.
const FOR_EVER: Duration = Duration::from_mins(5);

impl Plan {
    /// `by_call`: whether the program can be killed at a system call here.
    pub(crate) fn of(seed: u64, by_call: bool) -> Self {
        let mut numbers = Numbers::new(seed ^ 0xCA_4BA1);
        let storage = if seed % EMULATOR_OF == EMULATOR_OF - 1 { Storage::Emulator } else { Storage::Strict };
        let runs = (0..=numbers.below(3)).map(|_| Run::of(&mut numbers, storage, by_call)).collect();
        Self { seed, storage, runs, again: numbers.below(4) == 0, back: numbers.below(2) == 0 }
    }

    /// The same without anything that happens at a time: no kill, and no line that hangs. Two runs of it go the same way.
    pub(crate) fn without_time(mut self) -> Self {
        for run in &mut self.runs {
            run.kill = None;
            for troubles in [&mut run.auth, &mut run.firestore, &mut run.storage] {
                troubles.clear();
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
            // Those of a whole run: threads make up to 200 such calls, and reach the first twenty before there is a drop.
            1..=3 if by_call => Some(Moment::Call(16 + numbers.below(150))),
            4 if by_call => Some(Moment::Call(1 + numbers.below(30))),
            5 | 6 if strict => Some(Moment::Requests(usize::try_from(1 + numbers.below(40)).expect("small"))),
            7 | 8 => Some(Moment::Bytes(numbers.below(60_000))),
            _ => Some(Moment::After(Duration::from_millis(numbers.below(900)))),
        };
        Self {
            kill,
            auth: troubles(numbers, 5, 3_000),
            firestore: troubles(numbers, 2, 40_000),
            storage: if strict { Vec::new() } else { troubles(numbers, 1, 200_000) },
            server: Server {
                of_eight: if strict { numbers.below(6) } else { 0 },
                merciless: numbers.below(6) == 0,
                forgets: numbers.below(6) == 0,
            },
        }
    }
}

/// Trouble of a line, once in so many runs, within so many bytes.
fn troubles(numbers: &mut Numbers, once_in: u64, bytes: u64) -> Vec<After> {
    if numbers.below(once_in) > 0 {
        return Vec::new();
    }
    (0..=numbers.below(3))
        .map(|_| {
            let most = 1 + numbers.below(bytes);
            let trouble = match numbers.below(16) {
                0 => Trouble::Hang(FOR_EVER),
                1..=4 => Trouble::Hang(Duration::from_millis(20 + numbers.below(300))),
                _ => Trouble::Cut,
            };
            let way = if numbers.below(2) == 0 { Way::There } else { Way::Back };
            After { way, bytes: numbers.below(most), trouble }
        })
        .collect()
}
