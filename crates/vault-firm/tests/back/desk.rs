//! Work in a window: held while the connection is dead, and continued automatically.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use vault_core::model::MatterId;
use vault_core::restore::{Origin, RestoreScope};
use vault_desk::{Desk, Observer, Options, Phase, Work, WorkId};

use super::world::{World, borrowed, content, files, letters};

/// Longer than anything here takes.
const LIMIT: Duration = Duration::from_mins(1);

/// Keeps the state of the last reported work.
struct Last(watch::Sender<Option<Work>>);

impl Observer for Last {
    fn work(&self, work: &Work) {
        self.0.send_replace(Some(work.clone()));
    }
    fn work_gone(&self, _id: WorkId) {}
    fn filed(&self, _matter: &MatterId) {}
    fn ended(&self, _work: &Work) {}
}

/// A desk that retries nothing automatically before a request, and the state of its work.
async fn desk(world: &World) -> (Desk, watch::Receiver<Option<Work>>) {
    let last = watch::Sender::new(None);
    let seen = last.subscribe();
    let options = Options { held_for: Duration::from_hours(1), ..Options::default() };
    let desk = Desk::start(world.vault.clone(), world.right.clone(), Arc::new(Last(last)), options).await;
    (desk.unwrap(), seen)
}

async fn until(seen: &mut watch::Receiver<Option<Work>>, phase: Phase) -> Work {
    let there = seen.wait_for(|work| work.as_ref().is_some_and(|work| work.phase == phase));
    tokio::time::timeout(LIMIT, there).await.expect("it comes there").unwrap().clone().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_held_while_the_connection_is_dead_and_continues_where_it_stopped() {
    let world = World::with(&borrowed(&letters(400))).await;
    world.server.remove(&world.place_of(&content(7)));
    let (desk, mut seen) = desk(&world).await;
    world.dead_after(300);
    let id = desk.verify(None).unwrap();
    let held = until(&mut seen, Phase::Held).await;
    assert!(held.reason.is_some_and(|reason| reason.contains("cannot be reached")));
    assert_eq!(desk.report(id).unwrap().problems.iter().filter(|problem| problem.path != "007.txt").count(), 0);
    world.server.heal();
    let before = world.downloads();
    desk.try_now();
    let finished = until(&mut seen, Phase::Finished).await;
    assert_eq!(world.downloads() - before, 400 - 256, "content that was read is not read again");
    let result = finished.result.unwrap();
    assert_eq!((result.stored, result.failed, finished.files, finished.files_done), (399, 1, 400, 400));
    let problems = desk.report(id).unwrap().problems;
    assert_eq!(problems.iter().map(|problem| &*problem.path).collect::<Vec<_>>(), ["007.txt"]);
    assert!(problems[0].reason.starts_with("Its content is missing"), "{}", problems[0].reason);
    desk.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_is_held_while_the_connection_is_dead_and_then_continues() {
    let world = World::with(&borrowed(&letters(60))).await;
    let (desk, mut seen) = desk(&world).await;
    world.dead_after(25);
    let back = world.path("back");
    let scope = RestoreScope::Matter(MatterId::general());
    desk.restore(scope, Vec::new(), (back.clone(), Origin::Outside)).await.unwrap();
    let held = until(&mut seen, Phase::Held).await;
    assert!(held.reason.is_some_and(|reason| reason.contains("cannot be reached")));
    let first = files(&back).len() as u64;
    world.server.heal();
    desk.try_now();
    let result = until(&mut seen, Phase::Finished).await.result.unwrap();
    assert_eq!((result.already, result.stored, result.failed), (first, 60 - first, 0));
    desk.shutdown().await;
}
