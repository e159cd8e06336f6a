//! Refusals by the rules are reported with their reason.

use std::sync::Arc;

use serde_json::json;
use vault_core::intake::Source;
use vault_core::model::{
    BlobRef, EventKind, FileHash, LastModified, MatterFields, MatterId, MatterStatus, StoragePath,
};
use vault_core::ports::{
    Attention, Blobs as _, Identity as _, Person, PortError, Put, PutFailure, PutWatch, Reading, Records as _,
    UploadSession,
};
use vault_firebase::{FirebaseBlobs, FirebaseRecords, MemorySecrets, Session};
use vault_testing::conformance::Case;

use crate::world::{self, Administrator, TestUser, connection, sign_in, text};

/// A user of the team at work.
struct AtWork {
    session: Arc<Session>,
    records: Arc<FirebaseRecords>,
    person: Person,
}

impl AtWork {
    async fn of(user: &TestUser) -> Self {
        let session = Arc::new(sign_in(user, &Arc::new(MemorySecrets::default())).await);
        let records = Arc::new(world::records(&session).await);
        let person = session.person().await.expect("a user");
        Self { session, records, person }
    }

    async fn blobs(&self) -> FirebaseBlobs {
        FirebaseBlobs::open(&connection(), self.session.clone(), self.records.clone()).await.expect("open")
    }
}

/// An administrator and a member of one team, and the team's id.
async fn two() -> (Administrator, AtWork, AtWork, TestUser) {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.new_user("Ann").await, administrator.new_user("Ben").await);
    administrator.team(&[&ann, &ben]).await;
    let (ann, at_work) = (AtWork::of(&ann).await, AtWork::of(&ben).await);
    (administrator, ann, at_work, ben)
}

fn titled(title: &str) -> MatterFields {
    MatterFields { title: title.to_owned(), ..MatterFields::default() }
}

/// That it is invalid in its current state, and why.
fn invalid<T: std::fmt::Debug>(answer: Result<T, PortError>, said: &str) {
    match answer {
        Err(PortError::NeedsPerson { kind: Attention::Invalid, message }) => {
            assert!(message.contains(said), "“{message}” does not say “{said}”");
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn only_administrators_can_change_general_and_a_member_gets_that_reason() {
    let (_, ann, ben, _) = two().await;
    let general = MatterId::general();
    let page = ann.records.changes(None, 100).await.expect("changes");
    let current = page.changes.iter().find_map(|change| match change {
        vault_core::ports::Change::Matter(matter) if matter.id == general => Some(matter.clone()),
        _ => None,
    });
    let current = current.expect("general");
    let fields = MatterFields { title: "The firm".to_owned(), ..current.fields.clone() };
    let since = Some(current.updated_at);
    invalid(ben.records.put_matter(&general, fields.clone(), false, since).await, "Only an administrator of the firm");
    ann.records.put_matter(&general, fields, false, since).await.expect("an administrator may");
}

#[tokio::test]
async fn filing_to_a_matter_closed_or_removed_meanwhile_names_the_reason() {
    let (_, ann, ben, _) = two().await;
    for removed in [false, true] {
        let id = MatterId::new(if removed { "going" } else { "closing" }).expect("an id");
        let matter = ben.records.put_matter(&id, titled("Lease"), false, None).await.expect("a matter");
        let case = Case::new(&ann.person, &id).announced(&*ann.records).await;
        // From now on Ann's program assumes that it accepts files.
        ann.records.commit(&[case.file(EventKind::AlreadyStored, "Box")]).await.expect("filed");
        let status = if removed { MatterStatus::Active } else { MatterStatus::Closed };
        let fields = MatterFields { status, ..matter.fields };
        ben.records.put_matter(&id, fields, removed, Some(matter.updated_at)).await.expect("closed");
        let said =
            if removed { "The matter “Lease” was removed." } else { "The matter “Lease” is closed. Reopen it" };
        invalid(ann.records.commit(&[case.file(EventKind::AlreadyStored, "Box")]).await, said);
        let other = Case::new(&ann.person, &id).announced(&*ann.records).await;
        let begun = vault_core::model::UploadEvent {
            kind: EventKind::Interrupted,
            ..other.file(EventKind::Success, "Box").event
        };
        invalid(ann.records.begin(&[begun]).await, said);
    }
}

#[tokio::test]
async fn content_for_a_closed_matter_is_refused_with_the_reason_and_the_rest_is_not_tried() {
    let (_, ann, ben, _) = two().await;
    let id = MatterId::new("closed").expect("an id");
    let fields = MatterFields { status: MatterStatus::Closed, ..titled("Lease") };
    ben.records.put_matter(&id, fields, false, None).await.expect("a matter");
    let folder = tempfile::tempdir().expect("a folder");
    let batch: Vec<Put> = (0..3).map(|n| content(folder.path(), &ann.person, &id, n)).collect();
    let stored = ann.blobs().await.put(batch, Arc::new(Silent)).await.expect("a batch");
    for stored in stored {
        let Err(PutFailure::Vault(error)) = stored else { panic!("{stored:?}") };
        invalid(Err::<(), _>(error), "The matter “Lease” is closed. Reopen it");
    }
}

#[tokio::test]
async fn a_user_removed_from_the_team_gets_that_reason() {
    let (administrator, ann, ben, _) = two().await;
    let team = ben.person.team.clone();
    let case = Case::new(&ben.person, &MatterId::general()).announced(&*ben.records).await;
    ben.records.commit(&[case.file(EventKind::AlreadyStored, "Box")]).await.expect("filed");
    let admin = json!({ "mapValue": { "fields": { "role": text("admin"), "email": text("x@firm.example") } } });
    let members = json!({ "mapValue": { "fields": { ann.person.user.to_string(): admin } } });
    administrator.write(&[(format!("teams/{team}"), json!({ "name": text("Firm"), "members": members }))]).await;
    let answers = [
        ben.records.commit(&[case.file(EventKind::AlreadyStored, "Box")]).await,
        ben.records.put_matter(&MatterId::new("new").expect("id"), titled("New"), false, None).await.map(drop),
    ];
    for answer in answers {
        let Err(PortError::NeedsPerson { kind: Attention::NoAccess, message }) = answer else { panic!("{answer:?}") };
        assert!(message.contains("member"), "{message}");
    }
}

#[tokio::test]
async fn many_users_can_create_matters_at_once() {
    let (_, ann, ben, _) = two().await;
    let made = (0..12).map(|n| {
        let records = if n % 2 == 0 { ann.records.clone() } else { ben.records.clone() };
        tokio::spawn(async move {
            let id = MatterId::new(format!("matter-{n}")).expect("an id");
            let fields = MatterFields { number: format!("2026-{n:03}"), ..titled("One of many") };
            records.put_matter(&id, fields, false, None).await
        })
    });
    for made in made.collect::<Vec<_>>() {
        made.await.expect("it ran").expect("made");
    }
}

fn content(folder: &std::path::Path, person: &Person, matter: &MatterId, n: u8) -> Put {
    let bytes = vec![n; 100];
    let path = folder.join(format!("{n}.txt"));
    std::fs::write(&path, &bytes).expect("a file");
    let modified = std::fs::metadata(&path).and_then(|found| found.modified()).expect("a time");
    let hash = FileHash::of(&bytes);
    let blob = BlobRef { path: StoragePath::new(&person.team, matter, hash, "a.txt"), size: 100 };
    let expected = Reading { size: 100, last_modified: LastModified::from_system(modified), hash };
    Put { blob, source: Source { path, expected }, resume: None, begun: false }
}

struct Silent;

impl PutWatch for Silent {
    fn stored(&self, _bytes: u64) {}

    fn file_stored(&self, _index: usize) {}

    fn stop(&self) -> bool {
        false
    }

    fn session(&self, _index: usize, _session: &UploadSession) {}
}
