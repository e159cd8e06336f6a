//! The lists of a pre-flight, a page at a time.

use vault_core::intake::LeftOutRules;
use vault_jobs::filing::{PreflightList, PreflightRow};
use vault_jobs::{JobError, Phase};

use crate::scene::{Scene, asking};

fn names(rows: &[PreflightRow]) -> Vec<String> {
    rows.iter().map(|row| format!("{}/{}", row.folder, row.name)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_list_holds_its_files_page_by_page() {
    let scene = Scene::new(asking()).await;
    scene.write("Earlier/known.txt", "known");
    let earlier = scene.take("Earlier").await;
    scene.phase(earlier, Phase::Ready).await;
    scene.jobs.file(earlier).await.expect("it waits");
    scene.phase(earlier, Phase::Finished).await;

    for number in 0..25 {
        scene.write(&format!("Box/{number:02}.txt"), format!("new {number}"));
    }
    scene.write("Box/Copies/again.txt", "new 3");
    scene.write("Box/Copies/known too.txt", "known");
    scene.write("Box/Thumbs.db", "pictures");
    scene.write("Box/Copies/Thumbs.db", "pictures");
    let id = scene.take("Box").await;
    let counts = scene.phase(id, Phase::Ready).await.preflight.expect("a pre-flight").counts;
    let rows =
        async |list, offset, limit| scene.jobs.preflight_rows(id, list, offset, limit).await.expect("it is ready");

    let (mut new, mut offset) = (Vec::new(), 0);
    loop {
        let page = rows(PreflightList::New, offset, 10).await;
        offset += page.len() as u64;
        new.extend(names(&page));
        if page.len() < 10 {
            break;
        }
    }
    assert_eq!((new.len() as u64, counts.new), (25, 25));
    let already = rows(PreflightList::Already, 0, 10).await;
    assert_eq!(names(&already), ["Box/Copies/known too.txt"]);
    assert_eq!((already[0].size, already[0].reason.as_deref()), (Some(5), None));
    assert!(already[0].modified.is_some());
    let repeated = rows(PreflightList::Repeated, 0, 10).await;
    let mut all: Vec<String> = new.iter().cloned().chain(names(&repeated)).collect();
    all.sort();
    all.dedup();
    assert_eq!((repeated.len(), all.len()), (1, 26), "no file stands in two lists");
    let left_out = rows(PreflightList::LeftOut, 0, 10).await;
    let mut listed = names(&left_out);
    listed.sort();
    assert_eq!(listed, ["Box/Copies/Thumbs.db", "Box/Thumbs.db"]);
    assert!(left_out.iter().all(|row| row.reason.is_some() && row.size.is_none()));
    assert_eq!(names(&rows(PreflightList::LeftOut, 1, 10).await), names(&left_out)[1..]);
    assert_eq!(rows(PreflightList::Problems, 0, 10).await, []);
    assert_eq!(rows(PreflightList::New, 25, 10).await, []);
    assert_eq!(rows(PreflightList::New, u64::MAX, usize::MAX).await, []);

    scene.jobs.file(id).await.expect("it waits");
    scene.phase(id, Phase::Finished).await;
    let gone = scene.jobs.preflight_rows(id, PreflightList::New, 0, 10).await;
    assert!(matches!(gone, Err(JobError::NotNow(_))));
    assert_eq!(rows(PreflightList::LeftOut, 0, 10).await.len(), 2, "what was left out stays listed");
    assert_eq!(rows(PreflightList::Problems, 0, 10).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_out_goes_by_the_list_as_it_is_when_a_drop_is_read() {
    let scene = Scene::new(asking()).await;
    scene.write("Box/Thumbs.db", "pictures");
    scene.write("Box/a.bak", "old");
    scene.jobs.set_left_out(LeftOutRules::parse("*.bak").expect("a pattern"));
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    let rows = scene.jobs.preflight_rows(id, PreflightList::LeftOut, 0, 10).await.expect("it is ready");
    assert_eq!(names(&rows), ["Box/a.bak"]);
}
