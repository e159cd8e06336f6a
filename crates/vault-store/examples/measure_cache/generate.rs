//! A firm's documents, generated: the same number of records is always the same firm.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use vault_core::model::{
    Client, ClientFields, ClientId, DeviceId, DropCounts, DropId, DropSummary, EventId, EventKind, FileHash,
    FolderPaths, LastModified, Matter, MatterFields, MatterId, MetadataHash, MetadataRecord, PathText, Revision,
    StoragePath, TeamId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, ChangePage, Cursor};

const CLIENTS: u32 = 500;
const MATTERS: u32 = 2000;
/// Files of one drop.
const DROP: u32 = 2500;
/// 2024-01-01.
const START: i64 = 1_704_067_200_000;

const KINDS: &[&str] = &[
    "Contract",
    "Invoice",
    "Letter",
    "Deposition",
    "Exhibit",
    "Memo",
    "Contract draft",
    "Pleading",
    "Contract of sale",
    "Statement",
    "Affidavit",
    "Minutes",
    "Prüfbericht",
    "Lease contract",
    "Opinion",
    "Résumé",
    "Brief",
    "Receipt",
    "Correspondence",
    "Scan",
];
const PARTIES: &[&str] = &[
    "ABC Corp",
    "Müller",
    "Doe",
    "Smith",
    "Acme",
    "García",
    "Northwind",
    "Contoso",
    "Håkansson",
    "Okafor",
    "Tanaka",
    "Dvořák",
    "O'Brien",
    "Van der Berg",
    "Lindqvist",
    "Rossi",
    "Kowalski",
    "Novak",
    "Petrov",
    "Chen",
];
const FOLDERS: &[&str] = &[
    "Correspondence",
    "Discovery",
    "Pleadings",
    "Drafts",
    "Bank Statements",
    "Exhibits",
    "Medical",
    "Contracts",
    "Notes",
    "Old",
    "Verträge",
    "Financials",
];
const ENDINGS: &[&str] = &["pdf", "pdf", "pdf", "docx", "docx", "xlsx", "msg", "jpg", "tif", "PDF"];

/// The firm.
#[derive(Debug, Clone)]
pub(crate) struct Generator {
    records: u32,
    team: TeamId,
    user: UserId,
    device: DeviceId,
}

/// Numbers that look random and are always the same.
fn random(of: u32, salt: u32) -> u32 {
    let mut x = u64::from(of) << 32 | u64::from(salt) | 1;
    for _ in 0..3 {
        x ^= x >> 33;
        x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    }
    u32::try_from(x >> 32).unwrap_or_default()
}

fn pick<'a>(from: &[&'a str], of: u32, salt: u32) -> &'a str {
    from[random(of, salt) as usize % from.len()]
}

fn uuid(time: i64, of: u32) -> Uuid {
    let random = u128::from(random(of, 90)) << 32 | u128::from(of);
    uuid::Builder::from_unix_timestamp_millis(
        time.unsigned_abs(),
        &random.to_be_bytes()[6..].try_into().unwrap_or([0; 10]),
    )
    .into_uuid()
}

impl Generator {
    /// A firm with so many records, and as many events.
    pub(crate) fn new(records: u32) -> Self {
        let id = |text: &str| text.to_owned();
        Self {
            records,
            team: TeamId::new(id("firm")).expect("id"),
            user: UserId::new(id("paralegal-1")).expect("id"),
            device: DeviceId::new(id("desk-4")).expect("id"),
        }
    }

    /// Everything the firm has, in pages of about so many changes.
    pub(crate) fn pages(&self, size: usize) -> impl Iterator<Item = ChangePage> + '_ {
        let mut changes = self.changes();
        let mut page = 0;
        std::iter::from_fn(move || {
            let changes: Vec<Change> = changes.by_ref().take(size).collect();
            page += 1;
            (!changes.is_empty()).then(|| ChangePage { changes, cursor: Cursor(page.to_string()), more: true })
        })
    }

    fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        let clients = (0..CLIENTS).map(|n| Change::Client(client(n)));
        let matters = (0..MATTERS).map(|n| Change::Matter(matter(n)));
        let people = std::iter::once(Change::Person { user: self.user.clone(), display_name: "Pat".to_owned() });
        let files = (0..self.records).flat_map(|n| {
            let record = self.record(n);
            let event = self.event(n, &record);
            let last = n % DROP == DROP - 1 || n == self.records - 1;
            let summary = last.then(|| Change::Drop(self.summary(n)));
            [Change::Record(record), Change::Event(event)].into_iter().chain(summary)
        });
        people.chain(clients).chain(matters).chain(files)
    }

    /// The matter in which a tenth of all records stand directly in one folder.
    pub(crate) fn large_matter() -> MatterId {
        matter_id(0)
    }

    /// That folder.
    pub(crate) const LARGE_FOLDER: &'static str = "Production 1/Native files";

    fn matter_of(record: u32) -> u32 {
        if record.is_multiple_of(10) { 0 } else { random(record / DROP, 1) % MATTERS }
    }

    fn folder_of(record: u32) -> String {
        if record.is_multiple_of(10) {
            return Self::LARGE_FOLDER.to_owned();
        }
        let top = pick(PARTIES, record / DROP, 2);
        let middle = pick(FOLDERS, record / 40, 3);
        match random(record / 40, 4) % 10 {
            0 => top.to_owned(),
            1..=4 => format!("{top}/{middle}"),
            _ => format!("{top}/{middle}/{}", 2005 + random(record / 20, 5) % 20),
        }
    }

    /// What the file of a record is called.
    pub(crate) fn name(record: u32) -> String {
        let kind = pick(KINDS, record, 6);
        let party = pick(PARTIES, record, 7);
        let ending = pick(ENDINGS, record, 8);
        let date = format!(
            "{}-{:02}-{:02}",
            2005 + random(record, 9) % 20,
            1 + random(record, 10) % 12,
            1 + random(record, 11) % 28
        );
        match random(record, 12) % 5 {
            0 => format!("{date} {kind} {party}.{ending}"),
            1 => format!("{kind}_{party}_v{}.{ending}", 1 + random(record, 13) % 9),
            2 => format!("{kind} {party} {record}.{ending}"),
            3 => format!("{date}-{kind}-MSA-{}.{ending}", random(record, 14) % 10_000),
            _ => format!("SCAN{record:07}.{ending}"),
        }
    }

    /// One record.
    pub(crate) fn record(&self, n: u32) -> MetadataRecord {
        let original_name = Self::name(n);
        let matter = matter_id(Self::matter_of(n));
        let last_modified = LastModified(START - i64::from(random(n, 15)) * 100);
        let file_hash = FileHash::from_bytes(Sha256::digest(n.to_le_bytes()).into());
        MetadataRecord {
            metadata_hash: MetadataHash::of(&original_name, last_modified, file_hash),
            storage_path: StoragePath::new(&self.team, &matter, file_hash, &original_name),
            folder_paths: FolderPaths::one(&Self::folder_of(n)),
            size: u64::from(random(n, 16) % 5_000_000),
            uploaded_by: self.user.clone(),
            updated_at: time(n),
            revision: Some(Revision(time(n).0)),
            matter,
            original_name,
            last_modified,
            file_hash,
        }
    }

    fn event(&self, n: u32, record: &MetadataRecord) -> UploadEvent {
        let kind = match random(n, 17) % 20 {
            0 => EventKind::Failed,
            1..=3 => EventKind::AlreadyStored,
            _ => EventKind::Success,
        };
        UploadEvent {
            source: Some(0),
            id: EventId::new(uuid(time(n).0, n)),
            matter: record.matter.clone(),
            kind,
            timestamp: time(n),
            file_name: PathText::plain(record.original_name.clone()),
            folder_path: PathText::plain(record.folder_paths.to_wire()),
            file_hash: record.file_hash,
            metadata_hash: record.metadata_hash,
            size: record.size,
            last_modified: record.last_modified,
            team: self.team.clone(),
            user: self.user.clone(),
            batch: drop_id(n / DROP),
            device: self.device.clone(),
            app_version: "0.1.0".to_owned(),
            reason: (kind == EventKind::Failed).then(|| "Permission denied.".to_owned()),
        }
    }

    fn summary(&self, last: u32) -> DropSummary {
        DropSummary {
            id: drop_id(last / DROP),
            matter: matter_id(Self::matter_of(last)),
            user: self.user.clone(),
            device: self.device.clone(),
            sources: vec!["E:\\Production".to_owned()],
            started: time(last / DROP * DROP),
            finished: Some(time(last)),
            counts: DropCounts { stored: u64::from(last % DROP) + 1, ..DropCounts::default() },
        }
    }

    /// The last drop.
    pub(crate) fn last_drop(&self) -> DropId {
        drop_id((self.records - 1) / DROP)
    }

    /// The hash of the content of a record.
    pub(crate) fn hash(&self, n: u32) -> FileHash {
        self.record(n % self.records).file_hash
    }
}

fn time(record: u32) -> Timestamp {
    Timestamp(START + i64::from(record) * 20)
}

fn drop_id(n: u32) -> DropId {
    DropId::new(uuid(time(n * DROP).0, n))
}

fn matter_id(n: u32) -> MatterId {
    if n == 0 { MatterId::general() } else { MatterId::new(format!("matter-{n:05}")).expect("id") }
}

fn client_id(n: u32) -> ClientId {
    ClientId::new(format!("client-{n:04}")).expect("id")
}

fn client(n: u32) -> Client {
    let name = format!("{} {} {n}", pick(PARTIES, n, 20), pick(&["LLC", "Inc", "GmbH", "Estate"], n, 21));
    Client {
        id: client_id(n),
        fields: ClientFields { name, ..ClientFields::default() },
        updated_at: Timestamp(START),
        removed: None,
    }
}

fn matter(n: u32) -> Matter {
    let title =
        format!("{} {}", pick(PARTIES, n, 22), pick(&["Contract Review", "Litigation", "Estate", "Lease"], n, 23));
    Matter {
        id: matter_id(n),
        fields: MatterFields {
            title,
            client: (n > 0).then(|| client_id(n % CLIENTS)),
            number: if n == 0 { String::new() } else { format!("{}-{n:04}", 2015 + n % 10) },
            opened: Some(Timestamp(START)),
            ..MatterFields::default()
        },
        updated_at: Timestamp(START),
        removed: None,
    }
}
