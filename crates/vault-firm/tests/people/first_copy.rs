//! The first sync with a firm's vault that has many documents.

use std::time::Instant;

use serde_json::{Value, json};
use uuid::Uuid;
use vault_core::model::{FileHash, LastModified, MatterId, MetadataHash, TeamId};

use crate::computer::Computer;
use crate::world::{Administrator, text};

/// The number of records, unless `STRONGROOM_RECORDS` sets it: enough for two pages, with an event for each.
const RECORDS: usize = 2200;

/// Files of one commit of the administrator's; the emulator aborts large ones when it is busy.
const BATCH: usize = 100;

fn whole(number: usize) -> Value {
    json!({ "integerValue": number.to_string() })
}

/// The record and the event of a file that was stored.
fn filed(team: &TeamId, user: &str, batch: Uuid, number: usize) -> [(String, Value); 2] {
    let (name, folder) = (format!("letter {number}.txt"), format!("Box/{}", number / 100));
    let hash = FileHash::of(name.as_bytes());
    let about = MetadataHash::of(&name, LastModified(1), hash);
    let matter = format!("teams/{team}/matters/general");
    let (hash, digits) = (text(&hash.to_string()), about.to_string());
    let path = format!("{matter}/files/{}.txt", hash["stringValue"].as_str().expect("a hash"));
    let record = json!({
        "originalName": text(&name), "lastModified": whole(1), "fileHash": hash, "folderPaths": text(&folder),
        "metadataHash": text(&digits), "size": whole(name.len()), "storagePath": text(&path), "uploadedBy": text(user),
        "openTo": text(team.as_str()),
    });
    let event = json!({
        "eventType": text("upload_success"), "timestamp": { "timestampValue": "2026-01-02T03:04:05Z" },
        "fileName": text(&name), "fileHash": hash, "metadataHash": text(&digits), "teamId": text(team.as_str()),
        "userId": text(user), "folderPath": text(&folder), "size": whole(name.len()), "lastModified": whole(1),
        "batchId": text(&batch.to_string()), "deviceId": text("anns-computer"), "appVersion": text("0.1.0"),
        "openTo": text(team.as_str()),
    });
    [(format!("{matter}/metadata/{digits}"), record), (format!("{matter}/uploadEvents/{}", Uuid::now_v7()), event)]
}

#[tokio::test]
async fn a_first_mirror_reports_progress_and_continues_where_it_stopped() {
    let count = std::env::var("STRONGROOM_RECORDS").map_or(RECORDS, |count| count.parse().expect("a number"));
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let team = administrator.team(&[&ann]).await;
    let computer = Computer::of(&ann, "anns-computer").await;
    computer.live.stop().await;
    let (batch, numbers) = (Uuid::now_v7(), (0..count).collect::<Vec<_>>());
    for numbers in numbers.chunks(BATCH) {
        let documents: Vec<_> = numbers.iter().flat_map(|number| filed(&team, &ann.user, batch, *number)).collect();
        administrator.write(&documents).await;
    }
    let (vault, general) = (computer.vault(), MatterId::general());
    vault.mirror.clear().await.expect("an empty copy");

    // Stopped in the middle: the reported documents are there.
    let since = Instant::now();
    let (tell, mut progress) = tokio::sync::watch::channel(0);
    let telling = |taken| {
        tell.send_replace(taken);
    };
    tokio::select! {
        biased;
        half = progress.wait_for(|taken| *taken >= count as u64) => assert!(half.is_ok()),
        done = vault.sync_mirror_watched(&telling) => panic!("all of it arrived at once: {done:?}"),
    }
    let first = *tell.borrow();
    assert!(first < 2 * count as u64, "{first}");

    // Only the rest arrives then.
    tell.send_replace(0);
    vault.sync_mirror_watched(&telling).await.expect("the rest");
    let rest = *tell.borrow();
    assert!(rest <= 2 * count as u64 + 10 - first, "{first}, then {rest}");
    assert_eq!(computer.files(&general).await.len(), count);
    println!("{count} records and as many events in {:.1} s", since.elapsed().as_secs_f64());
}
