//! The faults of the strict server, request by request. They depend only on the seed, the run, and the earlier requests
//! for the same object, so that the order in which objects are requested makes no difference.

use std::collections::HashMap;

use vault_testing::storage_server::{Asked, Fault, Step};

use crate::numbers::Numbers;
use crate::plan::Server;

/// The size of a chunk of a large file.
pub(crate) const CHUNK: u64 = 8 << 20;

/// Faults in a row of one object: fewer than make the program stop trying.
const IN_A_ROW: u64 = 2;

/// Faults of one object in one run, after which its requests succeed.
const FAULTS: u64 = 5;

/// Uploads of one object that the server forgets in one run: fewer than make the program stop trying.
const FORGOTTEN: u64 = 2;

/// The faults of one run.
pub(crate) struct StorageFaults {
    seed: u64,
    run: u64,
    server: Server,
    objects: HashMap<String, ObjectFaults>,
}

#[derive(Default)]
struct ObjectFaults {
    asked: u64,
    faults: u64,
    in_a_row: u64,
    forgotten: u64,
    refused: bool,
}

impl StorageFaults {
    pub(crate) fn new(seed: u64, run: u64, server: Server) -> Self {
        Self { seed, run, server, objects: HashMap::new() }
    }

    pub(crate) fn fault(&mut self, asked: &Asked) -> Option<Fault> {
        // The same in every team.
        let object = asked.path.rsplit('/').next().unwrap_or_default();
        let object_faults = self.objects.entry(object.to_owned()).or_default();
        object_faults.asked += 1;
        let of_object = object.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let mut numbers = Numbers::new(self.seed ^ of_object.rotate_left(17) ^ (self.run << 32) ^ object_faults.asked);
        let enough = object_faults.faults == FAULTS || object_faults.in_a_row == IN_A_ROW;
        let well = numbers.below(8) >= self.server.of_eight || (enough && !self.server.merciless);
        let fault = (!well).then(|| object_faults.draw(&mut numbers, asked, self.server.merciless));
        object_faults.refused = fault == Some(Fault::Answer(401));
        object_faults.in_a_row = if fault.is_some() { object_faults.in_a_row + 1 } else { 0 };
        object_faults.faults += u64::from(fault.is_some());
        fault
    }
}

impl ObjectFaults {
    fn draw(&mut self, numbers: &mut Numbers, asked: &Asked, merciless: bool) -> Fault {
        let most = 1 + numbers.below(CHUNK);
        let somewhere = numbers.below(most);
        match numbers.below(24) {
            0 | 1 => Fault::Answer(503),
            2 => Fault::Answer(500),
            3 => Fault::Answer(408),
            4 | 5 => Fault::Answer(429),
            6 => Fault::RetryAfter(429, 1),
            7 | 8 if !self.refused => Fault::Answer(401),
            9..=11 if is_chunk(asked) && self.forgotten < FORGOTTEN => {
                self.forgotten += 1;
                Fault::Answer(if numbers.below(2) == 0 { 404 } else { 410 })
            }
            12 => Fault::Pause(20 + numbers.below(300)),
            13 if merciless => Fault::Answer(402),
            14 if merciless => Fault::StallAt(somewhere),
            15 | 16 => Fault::CutAt(0),
            17..=19 => Fault::CutAt(somewhere),
            _ => Fault::LoseReply,
        }
    }
}

fn is_chunk(asked: &Asked) -> bool {
    matches!(asked.step, Step::Upload | Step::Finalize)
}

/// How many bytes may be sent once more because of a fault: a chunk, or all of an upload that was forgotten.
pub(crate) fn cost(fault: Fault, size: u64) -> u64 {
    match fault {
        Fault::Pause(_) => 0,
        Fault::Answer(404 | 410) => size,
        _ => size.min(CHUNK),
    }
}
