//! The number of writes per outcome, and refusals.

use prost_types::Timestamp as Moment;
use vault_core::model::{DeviceId, EventKind};
use vault_core::ports::{Attention, Person};
use vault_testing::conformance::Case;

use super::*;
use crate::firestore::wire::write::Operation;

fn case() -> (Case, Names, TeamId) {
    let team = TeamId::new("t1").expect("id");
    let person = Person {
        user: UserId::new("u1").expect("id"),
        team: team.clone(),
        display_name: "Ann".to_owned(),
        device: DeviceId::new("front-desk").expect("id"),
    };
    (Case::new(&person, &MatterId::general()), Names::new("projects/p/databases/(default)", &team), team)
}

fn begun(outcome: &Outcome) -> SeenEvent {
    let standing = EventState { kind: vault_core::model::EventKind::Interrupted, ..EventState::of(&outcome.event) };
    SeenEvent { standing, as_of: Moment { seconds: 5, nanos: 0 } }
}

/// The stored record of a file.
fn stored(file: &Outcome) -> MetadataRecord {
    let (_, names, team) = case();
    let groups = plan(&names, &team, std::slice::from_ref(file), &View::default(), &known()).expect("plan");
    match groups.into_iter().flatten().next() {
        Some((About::Record(record, _), _)) => *record,
        other => panic!("{other:?}"),
    }
}

/// The matters of these tests: one, open to the team.
fn known() -> Visibilities {
    Visibilities::of_known([(MatterId::general(), Visibility::Team)])
}

fn writes(outcomes: &[Outcome], view: &View) -> Vec<About> {
    let (_, names, team) = case();
    let groups = plan(&names, &team, outcomes, view, &known()).expect("plan");
    groups.into_iter().flatten().map(|(about, _)| about).collect()
}

#[test]
fn a_new_file_costs_two_writes_and_a_repeated_one_one() {
    let (case, ..) = case();
    let file = case.file(EventKind::Success, "Box");
    let mut view = View { events: [(file.event.id, begun(&file))].into(), ..View::default() };
    assert_eq!(writes(std::slice::from_ref(&file), &view).len(), 2);

    let record = stored(&file);
    view.records.insert((case.matter.clone(), record.metadata_hash), record);
    view.events.clear();
    let again = Outcome { event: UploadEvent { kind: EventKind::AlreadyStored, ..file.event.clone() }, ..file };
    assert_eq!(
        writes(std::slice::from_ref(&again), &view),
        [About::Event(Box::new(again.event.clone()), Visibility::Team)]
    );
}

#[test]
fn files_with_one_record_write_it_once() {
    let (case, ..) = case();
    let files = ["a", "b", "c"].map(|folder| case.file_of("same", EventKind::AlreadyStored, folder));
    let planned = writes(&files, &View::default());
    assert_eq!(planned.len(), 4);
    assert!(matches!(&planned[0], About::Record(record, _) if record.folder_paths.to_wire() == "a|b|c"));
}

#[test]
fn what_stands_is_not_written_and_what_contradicts_it_is_refused() {
    let (case, names, team) = case();
    let file = case.file(EventKind::Failed, "Box");
    let standing = EventState::of(&file.event);
    let stands = |kind| SeenEvent { standing: EventState { kind, ..standing.clone() }, as_of: Moment::default() };
    let view = |kind| View { events: [(file.event.id, stands(kind))].into(), ..View::default() };
    assert_eq!(writes(std::slice::from_ref(&file), &view(EventKind::Failed)), []);
    assert_eq!(writes(std::slice::from_ref(&file), &view(EventKind::Interrupted)).len(), 1);
    let refused = plan(&names, &team, std::slice::from_ref(&file), &view(EventKind::Success), &known());
    assert!(refused.expect_err("refused").is_damage());
}

#[test]
fn folders_stop_growing_before_a_document_is_full() {
    let (case, names, team) = case();
    let long = |n: usize| format!("{n}-{}", "x".repeat(1000));
    let files: Vec<Outcome> = (0..250).map(|n| case.file_of("same", EventKind::AlreadyStored, &long(n))).collect();
    let groups = plan(&names, &team, &files, &View::default(), &known()).expect("plan");
    let (about, write) = &groups[0][0];
    assert!(matches!(about, About::Record(record, _) if record.folder_paths.iter().count() > 100));
    assert!(size_of(write) < 210_000);
    assert_eq!(groups[0].len(), 251, "every place is told by its event");
}

#[test]
fn folders_stop_growing_before_there_are_more_than_the_rules_take() {
    let (case, names, team) = case();
    let told = |folder: &dyn Fn(usize) -> String, count: usize| {
        let files: Vec<Outcome> =
            (0..count).map(|n| case.file_of("same", EventKind::AlreadyStored, &folder(n))).collect();
        let groups = plan(&names, &team, &files, &View::default(), &known()).expect("plan");
        let (About::Record(record, _), _) = &groups[0][0] else { panic!() };
        assert_eq!(groups[0].len(), count + 1, "every place is told by its event");
        (**record).clone()
    };
    let wide = told(&|n| n.to_string(), 1200);
    assert_eq!(wide.folder_paths.iter().count(), 1000);
    let deep = told(&|n| format!("{}{n}", "d/".repeat(99)), 110);
    assert_eq!(deep.folder_paths.iter().count(), 100);
    for full in [wide, deep] {
        assert_eq!(extended(&full, &FolderPaths::one("new")), None);
    }
    let rules = include_str!("../../../../../firebase/firestore.rules");
    assert!(rules.contains("value.split('[|]').size() <= 1000 && value.split('[|/]').size() <= 10000;"));
}

#[test]
fn commits_stay_within_the_limits_and_what_belongs_together_stays_so() {
    let (case, names, team) = case();
    let files: Vec<Outcome> = (0..250).map(|_| case.file(EventKind::AlreadyStored, &"y".repeat(150_000))).collect();
    let groups = plan(&names, &team, &files, &View::default(), &known()).expect("plan");
    assert_eq!(groups.len(), 250);
    let commits = commits(groups);
    assert!(commits.len() > 1);
    for commit in &commits {
        assert!(commit.len() <= MOST_WRITES && commit.len() % 2 == 0);
        assert!(commit.iter().map(|(_, write)| size_of(write)).sum::<usize>() <= MOST_BYTES);
    }
    assert_eq!(commits.iter().map(Vec::len).sum::<usize>(), 500);
}

#[test]
fn what_is_filed_to_a_matter_is_as_visible_as_the_matter() {
    let (case, names, team) = case();
    let file = case.file(EventKind::AlreadyStored, "Box");
    for visibility in [Visibility::Team, Visibility::Walled] {
        let known = Visibilities::of_known([(case.matter.clone(), visibility)]);
        let groups = plan(&names, &team, std::slice::from_ref(&file), &View::default(), &known).expect("plan");
        let writes: Vec<_> = groups.into_iter().flatten().collect();
        assert_eq!(writes.len(), 2);
        for (about, write) in writes {
            let (About::Event(_, seen_by) | About::Record(_, seen_by)) = about;
            assert_eq!(seen_by, visibility);
            let Some(Operation::Update(document)) = write.operation else { panic!("a document is written") };
            assert_eq!(document.fields.get("openTo"), Some(&visibility.value(&team)));
        }
    }
}

#[test]
fn nothing_is_planned_for_a_matter_that_is_not_known() {
    let (case, names, team) = case();
    let other = Visibilities::of_known([(MatterId::new("another").expect("id"), Visibility::Team)]);
    for kind in [EventKind::Success, EventKind::AlreadyStored, EventKind::Failed] {
        let file = case.file(kind, "Box");
        let refused = plan(&names, &team, std::slice::from_ref(&file), &View::default(), &other);
        let error = refused.expect_err("the matter is not known");
        assert!(matches!(error, PortError::NeedsPerson { kind: Attention::Invalid, .. }), "{error:?}");
        assert!(error.to_string().contains(case.matter.as_str()), "{error}");
    }
}
