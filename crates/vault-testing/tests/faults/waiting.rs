//! Clients and matters that are made and changed while the vault, which is elsewhere, cannot be reached.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;
use vault_core::filing::Halt;
use vault_core::model::{Client, ClientFields, DropId, Matter, MatterFields, MatterId, MatterStatus};
use vault_core::ports::{Attention, DropPhase, Edited, PortError, StatusFilter, WaitingEdit};
use vault_core::queue::PauseReason;
use vault_core::{Keep, Sending, Vault};

use super::line::{Line, OFFLINE};
use super::world::World;

fn client(name: &str) -> ClientFields {
    ClientFields { name: name.to_owned(), ..ClientFields::default() }
}

fn matter(number: &str, title: &str) -> MatterFields {
    MatterFields { title: title.to_owned(), number: number.to_owned(), ..MatterFields::default() }
}

fn retitled(matter: &Matter, title: &str) -> MatterFields {
    MatterFields { title: title.to_owned(), ..matter.fields.clone() }
}

async fn far() -> (World, Arc<Line>, Vault) {
    let world = World::far().await;
    let (line, vault) = Line::before(&world.vault);
    (world, line, vault)
}

async fn waiting(vault: &Vault) -> Vec<WaitingEdit> {
    vault.parts().outbox.as_ref().unwrap().waiting().await.unwrap()
}

/// The matter as it is shown, and whether it waits.
async fn shown(vault: &Vault, id: &MatterId) -> (Matter, bool) {
    let found = vault.mirror.find_matter(id.as_str()).await.unwrap().unwrap();
    (found.matter, found.waiting)
}

/// The matter as everybody has it.
async fn everybodys(world: &World, id: &MatterId) -> Option<Matter> {
    world.colleague().await.mirror.find_matter(id.as_str()).await.unwrap().map(|found| found.matter)
}

/// What sending did, where nothing stopped it.
fn all(sent: u64, refused: u64) -> Sending {
    Sending { sent, refused, ..Sending::default() }
}

fn is_refused<T: std::fmt::Debug>(answer: Result<T, PortError>, kind: Attention, sentence: &str) {
    match answer {
        Err(PortError::NeedsPerson { kind: is, message }) => {
            assert_eq!(is, kind, "{message}");
            assert!(message.contains(sentence), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_made_without_a_connection_is_shown_filed_to_and_sent() {
    let (world, line, vault) = far().await;
    world.write("a.txt", b"first");
    line.cut();
    let abc = vault.create_client(client("ABC Corp")).await.unwrap();
    let fields = MatterFields { client: Some(abc.id.clone()), ..matter("2024-001", "Lease") };
    let lease = vault.create_matter(fields.clone()).await.unwrap();
    assert_eq!(lease.fields, fields);
    let found = vault.mirror.find_matter("2024-001").await.unwrap().unwrap();
    assert_eq!((&found.matter, found.client_name.as_deref(), found.waiting), (&lease, Some("ABC Corp"), true));
    assert_eq!(vault.mirror.waiting_clients().await.unwrap().into_iter().collect::<Vec<_>>(), [abc.id]);

    let drop = vault.accept(&lease.id, vec![world.folder()]).await.unwrap();
    let planned = vault.preflight(&lease.id, vec![world.folder()], Arc::default()).await.unwrap();
    let held = vault.file(drop, planned, Arc::default()).await.unwrap();
    let Some(Halt::Paused(PortError::TryLater { message })) = &held.halt else { panic!("{:?}", held.halt) };
    assert!(message.starts_with("The change to the matter “Lease” has not reached the firm's vault yet."), "{message}");
    assert_eq!((held.drop.phase, &held.drop.paused), (DropPhase::Filing, &Some(PauseReason::Blocked(message.clone()))));
    let offline = vault.send_waiting().await.unwrap();
    assert_eq!(offline, Sending { left: 2, stopped: Some(PortError::later(OFFLINE)), ..Sending::default() });

    line.mend();
    // Filing sends what it needs by itself.
    let done = vault.resume(&held.drop, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.halt, done.drop.counts.stored), (None, 1));
    assert_eq!((waiting(&vault).await, vault.send_waiting().await.unwrap()), (vec![], all(0, 0)));
    let (there, waits) = shown(&vault, &lease.id).await;
    assert_eq!((there.fields.clone(), waits), (fields, false));
    assert_eq!(everybodys(&world, &lease.id).await, Some(there));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn what_cannot_be_is_said_at_once() {
    let (_world, line, vault) = far().await;
    let abc = vault.create_client(client("ABC Corp")).await.unwrap();
    let gone = vault.create_client(client("Gone Ltd")).await.unwrap();
    vault.remove_client(&gone.id).await.unwrap();
    let of = |client: &Client| MatterFields { client: Some(client.id.clone()), ..matter("2024-001", "Lease") };
    let lease = vault.create_matter(of(&abc)).await.unwrap();
    line.cut();
    let invalid = Attention::Invalid;
    is_refused(vault.create_client(client(" ")).await, invalid, "needs a name");
    is_refused(vault.create_matter(matter("", "")).await, invalid, "needs a title");
    is_refused(vault.create_matter(matter(" 2024-001 ", "Other")).await, invalid, "“Lease” has the number");
    is_refused(vault.create_matter(of(&gone)).await, invalid, "“Gone Ltd” was removed");
    is_refused(vault.remove_client(&abc.id).await, invalid, "while it has matters: “Lease”");
    is_refused(vault.set_matter_status(&MatterId::general(), MatterStatus::Closed).await, invalid, "firm's own");
    let stale = Matter { updated_at: abc.updated_at, ..lease.clone() };
    is_refused(vault.edit_matter(&stale, matter("1", "Mine")).await, Attention::Conflict, "somebody else changed");
    assert_eq!(vault.edit_matter(&lease, lease.fields.clone()).await.unwrap(), lease, "nothing changed");
    assert_eq!(waiting(&vault).await, []);
    // A number that an edit gives up is free, and one that waits is taken.
    vault.edit_matter(&lease, MatterFields { number: "2024-009".to_owned(), ..lease.fields.clone() }).await.unwrap();
    vault.create_matter(matter("2024-001", "Next")).await.unwrap();
    is_refused(vault.create_matter(matter("2024-009", "Third")).await, invalid, "“Lease” has the number");
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(2, 0));
}

#[tokio::test]
async fn everything_a_person_does_to_a_matter_can_wait_and_is_sent_as_one_change() {
    let (world, line, vault) = far().await;
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    line.cut();
    let edited = vault.edit_matter(&lease, retitled(&lease, "Lease, signed")).await.unwrap();
    assert_eq!(shown(&vault, &lease.id).await, (edited.clone(), true));
    assert_eq!(
        vault.set_matter_status(&lease.id, MatterStatus::Closed).await.unwrap().fields.status,
        MatterStatus::Closed
    );
    assert!(vault.remove_matter(&lease.id).await.unwrap().removed.is_some());
    assert!(vault.mirror.matters(StatusFilter::Removed).await.unwrap()[0].waiting);
    assert_eq!(vault.bring_back_matter(&lease.id).await.unwrap().removed, None);
    let edits = waiting(&vault).await;
    assert_eq!((edits.len(), edits[0].based_on), (1, Some(lease.updated_at)));
    line.mend();
    // What waits is not overtaken by what could be sent at once.
    vault.edit_matter(&shown(&vault, &lease.id).await.0, retitled(&edited, "Lease, in force")).await.unwrap();
    assert_eq!((waiting(&vault).await.len(), everybodys(&world, &lease.id).await), (1, Some(lease.clone())));
    assert_eq!(vault.send_waiting().await.unwrap(), all(1, 0));
    let (now, waits) = shown(&vault, &lease.id).await;
    assert_eq!((now.fields.title.as_str(), now.fields.status, waits), ("Lease, in force", MatterStatus::Active, false));
    let by_now = vault.edit_matter(&now, retitled(&now, "Directly")).await.unwrap();
    assert_eq!((waiting(&vault).await, everybodys(&world, &lease.id).await), (vec![], Some(by_now)));
}

/// A matter that a colleague changed while a change of ours waited, and that change, refused.
async fn contradiction() -> (World, Vault, Matter, WaitingEdit) {
    let (world, line, vault) = far().await;
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    line.cut();
    vault.edit_matter(&lease, retitled(&lease, "Mine")).await.unwrap();
    let colleague = world.colleague().await;
    let theirs = colleague.edit_matter(&lease, retitled(&lease, "Theirs")).await.unwrap();
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(0, 1));
    let edit = waiting(&vault).await.remove(0);
    let why = edit.refused.as_ref().unwrap();
    assert!(
        why.contains("somebody else changed the matter “Theirs”") && why.contains("choose which one stays"),
        "{why}"
    );
    (world, vault, theirs, edit)
}

#[tokio::test]
async fn a_person_chooses_between_two_versions() {
    for mine in [true, false] {
        let (world, vault, theirs, edit) = contradiction().await;
        let id = &theirs.id;
        vault.sync_mirror().await.unwrap();
        assert_eq!(vault.mirror.server_matter(id).await.unwrap(), Some(theirs.clone()));
        let (ours, waits) = shown(&vault, id).await;
        assert_eq!((ours.fields.title.as_str(), waits), ("Mine", true));
        assert_eq!(vault.send_waiting().await.unwrap(), all(0, 0), "it waits for the person");
        let another = vault.edit_matter(&ours, retitled(&ours, "Another")).await;
        is_refused(another, Attention::Invalid, "Choose first which version");
        let resolved = vault.resolve(edit.id, if mine { Keep::Mine } else { Keep::Theirs }).await.unwrap();
        assert_eq!(resolved, all(u64::from(mine), 0));
        let (now, waits) = shown(&vault, id).await;
        assert_eq!((now.fields.title.as_str(), waits), (if mine { "Mine" } else { "Theirs" }, false));
        assert_eq!(everybodys(&world, id).await, Some(now));
        assert_eq!(waiting(&vault).await, []);
        let again = vault.resolve(edit.id, Keep::Mine).await;
        is_refused(again, Attention::Invalid, "does not wait any more");
    }
}

#[tokio::test]
async fn a_number_that_a_colleague_took_can_be_corrected_and_the_files_wait_for_that() {
    let (world, line, vault) = far().await;
    world.write("a.txt", b"first");
    line.cut();
    let mine = vault.create_matter(matter("2024-001", "Mine")).await.unwrap();
    world.colleague().await.create_matter(matter("2024-001", "Theirs")).await.unwrap();
    line.mend();
    let (drop, halt) = file(&vault, &world, &mine.id).await;
    let Some(Halt::Paused(PortError::NeedsPerson { kind: Attention::Invalid, message })) = halt else { panic!() };
    assert!(message.contains("“Theirs” has the number 2024-001 already. Choose"), "{message}");
    let edit = waiting(&vault).await.remove(0);
    let corrected =
        |number: &str| Keep::Corrected(Edited::Matter { id: mine.id.clone(), fields: matter(number, "Mine") });
    let taken = vault.resolve(edit.id, corrected("2024-001")).await;
    is_refused(taken, Attention::Invalid, "“Theirs” has the number");
    assert_eq!(vault.resolve(edit.id, corrected("2024-002")).await.unwrap(), all(1, 0));
    let drop = vault.queued_drop(drop).await.unwrap().unwrap();
    let done = vault.resume(&drop, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.halt, done.drop.counts.stored), (None, 1));
}

async fn file(vault: &Vault, world: &World, matter: &MatterId) -> (DropId, Option<Halt>) {
    let drop = vault.accept(matter, vec![world.folder()]).await.unwrap();
    let planned = vault.preflight(matter, vec![world.folder()], Arc::default()).await.unwrap();
    (drop, vault.file(drop, planned, Arc::default()).await.unwrap().halt)
}

#[tokio::test]
async fn what_arrived_although_nobody_heard_of_it_counts_as_sent() {
    let (world, line, vault) = far().await;
    line.lose_replies();
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    let abc = vault.create_client(client("ABC Corp")).await.unwrap();
    assert_eq!(waiting(&vault).await.len(), 2);
    assert!(vault.send_waiting().await.unwrap().stopped.is_some());
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(2, 0));
    let there = everybodys(&world, &lease.id).await.unwrap();
    line.lose_replies();
    vault.edit_matter(&there, retitled(&there, "Lease, signed")).await.unwrap();
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(1, 0));
    let colleague = world.colleague().await;
    let numbered = colleague.mirror.matters(StatusFilter::Present).await.unwrap();
    assert_eq!(numbered.iter().filter(|found| found.matter.fields.number == "2024-001").count(), 1);
    assert_eq!(colleague.mirror.clients(false).await.unwrap().len(), 1);
    assert_eq!(shown(&vault, &lease.id).await.0.fields.title, "Lease, signed");
    assert!(vault.mirror.find_client(abc.id.as_str()).await.unwrap().is_some());
}

#[tokio::test]
async fn an_older_change_that_needs_a_newer_one_goes_after_it() {
    let (world, line, vault) = far().await;
    line.cut();
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    let other = vault.create_matter(matter("2024-002", "Other")).await.unwrap();
    let abc = vault.create_client(client("ABC Corp")).await.unwrap();
    let fields = MatterFields { client: Some(abc.id.clone()), ..lease.fields.clone() };
    vault.edit_matter(&lease, fields.clone()).await.unwrap();
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(3, 0));
    assert_eq!(everybodys(&world, &lease.id).await.unwrap().fields, fields);
    assert!(everybodys(&world, &other.id).await.is_some());
}

#[tokio::test]
async fn sending_that_breaks_off_goes_on_where_it_was() {
    let (world, line, vault) = far().await;
    line.cut();
    for number in 0..7 {
        vault.create_matter(matter(&format!("2024-{number}"), "Title")).await.unwrap();
    }
    line.mend();
    line.cut_after(3);
    let broken_off = vault.send_waiting().await.unwrap();
    assert_eq!((broken_off.refused, broken_off.stopped), (0, Some(PortError::later(OFFLINE))));
    let numbers = async |vault: &Vault| vault.mirror.matters(StatusFilter::Present).await.unwrap().len();
    assert_eq!((numbers(&world.colleague().await).await, numbers(&vault).await), (4, 8), "general is one of them");
    // Without the copy brought up to date, nothing is forgotten.
    assert_eq!((broken_off.sent, broken_off.left), (0, 7));
    line.mend();
    assert_eq!(vault.send_waiting().await.unwrap(), all(7, 0));
    assert_eq!((numbers(&world.colleague().await).await, numbers(&vault).await), (8, 8));
}

#[tokio::test]
async fn what_waits_outlives_the_program_and_the_copy() {
    let (world, line, vault) = far().await;
    let abc = vault.create_client(client("ABC Corp")).await.unwrap();
    line.cut();
    vault.edit_client(&abc, client("ABC Corporation")).await.unwrap();
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    vault.mirror.clear().await.unwrap();
    assert_eq!(vault.mirror.find_matter("2024-001").await.unwrap(), None);
    let started = world.far_again().await;
    assert_eq!(shown(&started, &lease.id).await, (lease.clone(), true));
    assert!(started.mirror.find_client("ABC Corporation").await.unwrap().is_some());
    assert_eq!(started.mirror.client_beneath(&abc.id).await.unwrap(), Some(abc));
    assert_eq!(started.send_waiting().await.unwrap(), all(2, 0));
    assert!(everybodys(&world, &lease.id).await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_matter_is_shown_at_every_moment_of_being_sent() {
    let (_world, line, vault) = far().await;
    for round in 0..10 {
        line.cut();
        let lease = vault.create_matter(matter(&format!("2024-{round}"), "Lease")).await.unwrap();
        line.mend();
        let (done, looked) = (Arc::<AtomicBool>::default(), Arc::<Notify>::default());
        let (watching, ended, begun, id) = (vault.clone(), Arc::clone(&done), Arc::clone(&looked), lease.id.clone());
        let watch = tokio::spawn(async move {
            while !ended.load(Ordering::SeqCst) {
                assert!(watching.mirror.find_matter(id.as_str()).await.unwrap().is_some());
                begun.notify_one();
            }
        });
        looked.notified().await;
        let sent = vault.send_waiting().await.unwrap();
        done.store(true, Ordering::SeqCst);
        watch.await.unwrap();
        assert_eq!((sent, shown(&vault, &lease.id).await.1), (all(1, 0), false));
    }
}

#[tokio::test]
async fn what_is_written_while_a_change_is_on_its_way_is_sent_after_it() {
    let (world, line, vault) = far().await;
    line.cut();
    let lease = vault.create_matter(matter("2024-001", "Lease")).await.unwrap();
    line.mend();
    let (writer, written) = (vault.clone(), lease.clone());
    line.meanwhile(async move {
        writer.edit_matter(&written, retitled(&written, "Lease, signed")).await.unwrap();
    });
    assert_eq!(vault.send_waiting().await.unwrap(), Sending { left: 1, ..all(1, 0) });
    let there = everybodys(&world, &lease.id).await.unwrap();
    assert_eq!(there.fields.title, "Lease");
    let (shown_now, waits) = shown(&vault, &lease.id).await;
    assert_eq!((shown_now.fields.title.as_str(), waits), ("Lease, signed", true));
    assert_eq!(waiting(&vault).await[0].based_on, Some(there.updated_at));
    assert_eq!(vault.send_waiting().await.unwrap(), all(1, 0));
    assert_eq!(everybodys(&world, &lease.id).await.unwrap().fields.title, "Lease, signed");
}
