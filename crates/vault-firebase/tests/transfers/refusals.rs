//! Servers that refuse: transient failures are retried, with waits; others are reported.

use std::sync::Arc;
use std::time::Duration;

use vault_core::intake::Problem;
use vault_core::ports::{Attention, Blobs as _, PortError, PutFailure};
use vault_firebase::RetryPolicy;
use vault_testing::storage_server::{Fault, Options, Step};

use crate::world::{CHUNK, Watch, World, later, needs, noise, retry_policy};

/// Both ways to send a file, and the first request with content of each.
const WAYS: [(Step, u64); 2] = [(Step::Multipart, 1000), (Step::Upload, 2 * CHUNK)];

/// Row 13.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_to_a_busy_server_is_retried() {
    for (step, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        for status in [408, 429, 500, 503] {
            world.server.next(step, Fault::Answer(status));
            world.server.next(Step::Metadata, Fault::Answer(status));
            world.server.next(Step::Start, Fault::Answer(status));
            world.server.next(Step::Query, Fault::Answer(status));
        }
        assert_eq!(world.put_one(&put).await, Ok(()));
        world.stored(&put);
        assert!(world.server.log().received <= 5 * (size + 1000));
    }
}

/// Row 13.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stays_busy_defers_the_file() {
    for (_, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        world.server.decide(|_| Some(Fault::Answer(503)));
        later(&world.put_one(&put).await);
        let asked = world.server.log().asked.len();
        assert!((2..=20).contains(&asked), "{asked} requests");
    }
}

/// Row 13.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_requests_a_wait_gets_it_from_all_uploads() {
    // A refused request is not repeated, so every later request is another upload's.
    let world = World::with(RetryPolicy { repeats: 0, ..retry_policy() }, Options::default()).await;
    let puts = [world.file(1, 1000), world.file(2, 2000), world.file(3, 2 * CHUNK)];
    world.server.next(Step::Metadata, Fault::RetryAfter(429, 1));
    let refused = world.blobs.check(std::slice::from_ref(&puts[0].blob)).await;
    assert!(matches!(refused, Err(PortError::TryLater { .. })), "{refused:?}");
    assert_eq!(world.put(&puts).await, [Ok(()), Ok(()), Ok(())]);
    let log = world.server.log();
    let at = log.asked.iter().position(|(_, fault, _)| fault.is_some()).expect("refused");
    let (refused, later) = (&log.asked[at], &log.asked[at + 1..]);
    // There is no latest moment, so a slow computer changes nothing.
    let until = refused.2 + Duration::from_secs(1);
    assert!(later.len() >= puts.len() && later.iter().all(|(.., at)| *at >= until), "{later:?} before {until:?}");
}

/// Row 13.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_requests_an_hour_is_not_contacted_again() {
    for (step, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        world.server.next(step, Fault::RetryAfter(503, 3600));
        later(&world.put_one(&put).await);
        let asked = world.server.log().asked.len();
        later(&world.put_one(&put).await);
        assert_eq!(world.server.log().asked.len(), asked, "it was asked again within the hour");
    }
}

/// Row 13.
#[tokio::test(flavor = "multi_thread")]
async fn waits_between_retries_grow() {
    let first_wait = Duration::from_millis(40);
    let world = World::with(RetryPolicy { first_wait, ..retry_policy() }, Options::default()).await;
    let put = world.file(1, 1000);
    world.server.decide(|asked| (asked.step == Step::Multipart).then_some(Fault::Answer(503)));
    later(&world.put_one(&put).await);
    let log = world.server.log();
    let sent: Vec<_> =
        log.asked.iter().filter(|(asked, ..)| asked.step == Step::Multipart).map(|(.., at)| *at).collect();
    let waits: Vec<_> = sent.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(waits.len(), 5);
    for (at, wait) in (0..).zip(&waits) {
        assert!(*wait >= first_wait * (1 << at) / 2, "{waits:?}");
    }
}

/// Row 14.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_storage_needs_the_administrator() {
    for (step, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        world.server.next(step, Fault::Answer(402));
        let result = world.put_one(&put).await;
        needs(&result, Attention::NoRoom, "The firm's storage is full — ask your administrator.");
        world.not_stored(&put);
        assert_eq!(world.put_one(&put).await, Ok(()), "once there is room");
    }
}

/// Row 15.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_renewed_once_and_then_needs_sign_in() {
    for (_, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        world.server.accept(&["ann-1"]);
        assert_eq!(world.put_one(&put).await, Ok(()));
        assert_eq!(world.ann.renewed(), 1);
        world.stored(&put);
        let put = world.file(2, size);
        world.server.accept(&[]);
        let before = world.server.log().asked.len();
        needs(&world.put_one(&put).await, Attention::SignIn, "Sign in to continue");
        assert_eq!((world.ann.renewed(), world.server.log().asked.len()), (2, before + 2));
        world.not_stored(&put);
    }
}

/// Row 16.
#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_stops_everything() {
    let world = World::new().await;
    let puts = [world.file(1, 1000), world.file(2, 2 * CHUNK)];
    world.ann.disable();
    for result in world.put(&puts).await {
        needs(&result, Attention::SignIn, "disabled");
    }
    assert_eq!(world.server.log().asked.len(), 0);
}

/// Row 17.
#[tokio::test(flavor = "multi_thread")]
async fn a_user_removed_during_an_upload_gets_that_reason() {
    let world = World::new().await;
    let put = world.file(1, 4 * CHUNK);
    world.server.spare(Step::Upload, 2);
    world.server.decide(|asked| (asked.number > 1).then_some(Fault::Answer(403)));
    needs(&world.put_one(&put).await, Attention::NoAccess, "You no longer have access to this matter");
    world.not_stored(&put);
    world.server.heal();
    world.server.revoke();
    needs(&world.put_one(&world.file(2, 1000)).await, Attention::NoAccess, "You no longer have access to this matter");
}

/// Row 18: another upload was faster.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_exists_already_counts_as_stored() {
    for (_, size) in WAYS {
        let world = World::new().await;
        let put = world.file(1, size);
        let content = std::fs::read(&put.source.path).unwrap();
        world.server.plant(&put.blob.path.to_string(), &content);
        assert_eq!(world.put_one(&put).await, Ok(()));
        world.stored(&put);
        assert_eq!(world.server.log().finalised, []);
    }
}

/// Row 18: another upload is faster, between the query and the end.
#[tokio::test(flavor = "multi_thread")]
async fn two_uploads_of_the_same_large_file_store_it_once() {
    let world = World::new().await;
    let put = world.file(1, 3 * CHUNK);
    let other = world.again().await;
    let other = other.put(vec![put.clone()], Arc::new(Watch::default()));
    let (one, two) = tokio::join!(world.put_one(&put), other);
    assert_eq!((one, two), (Ok(()), Ok(vec![Ok(())])));
    world.stored(&put);
    assert_eq!(world.server.log().finalised.len(), 1);
}

/// Rows 18 and 35: other content was there.
#[tokio::test(flavor = "multi_thread")]
async fn junk_in_place_of_content_is_reported_and_never_accepted() {
    for (_, size) in WAYS {
        for junk in [noise(99, size), b"short".to_vec()] {
            let world = World::new().await;
            let put = world.file(1, size);
            world.server.plant(&put.blob.path.to_string(), &junk);
            let result = world.put_one(&put).await;
            let Err(PutFailure::Source(Problem::Refused(why))) = &result else { panic!("{result:?}") };
            assert!(why.contains("administrator"), "{why}");
            // The files beside it are not blocked.
            let others = [world.file(2, 10), put, world.file(3, 10)];
            let answers = world.put(&others).await;
            assert!(answers[0].is_ok() && answers[1].is_err() && answers[2].is_ok(), "{answers:?}");
        }
    }
}

/// Row 18: one file that the rules refuse, among others; and a matter that accepts none.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_is_named_and_the_others_are_stored() {
    for (status, step, size) in
        [(403, Step::Multipart, 1000), (403, Step::Start, 2 * CHUNK), (413, Step::Multipart, 1000)]
    {
        let world = World::new().await;
        let puts = [world.file(1, size), world.file(2, 10), world.file(3, 10)];
        let refused = puts[0].blob.path.to_string();
        world
            .server
            .decide(move |asked| (asked.step == step && asked.path == refused).then_some(Fault::Answer(status)));
        let answers = world.put(&puts).await;
        let Err(PutFailure::Source(Problem::Refused(why))) = &answers[0] else { panic!("{status}: {answers:?}") };
        assert!(why.contains("The firm's storage") && why.ends_with('.'), "{why}");
        assert_eq!(answers[1..], [Ok(()), Ok(())]);
        // And if it is the only one.
        world.server.decide(move |asked| (asked.step == step).then_some(Fault::Answer(status)));
        let alone = world.put_one(&world.file(4, size)).await;
        assert!(matches!(&alone, Err(PutFailure::Source(Problem::Refused(_)))), "{alone:?}");
    }
    // Ten thousand files are not sent to a matter that accepts none, or none any more since a colleague closed it.
    for open in [0, 20] {
        let world = World::new().await;
        let puts: Vec<_> = (0..400).map(|seed| world.file(seed, 100)).collect();
        let mut taken = 0;
        world.server.decide(move |asked| {
            taken += u32::from(asked.step == Step::Multipart);
            (asked.step == Step::Multipart && taken > open).then_some(Fault::Answer(403))
        });
        let answers = world.put(&puts).await;
        for answer in answers.iter().filter(|answer| answer.is_err()) {
            needs(answer, Attention::Invalid, "The firm's storage takes no file like this for this matter.");
        }
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), open as usize);
        assert!(world.server.log().count(Step::Multipart) <= open as usize + 64);
    }
}

/// The rules of the vault accept files up to 64 GiB: nothing is sent of a longer one.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_long_is_not_started() {
    let world = World::new().await;
    let mut put = world.file(1, 10);
    put.blob.size = (64 << 30) + 1;
    put.source.expected.size = put.blob.size;
    let answer = world.put_one(&put).await;
    assert!(matches!(&answer, Err(PutFailure::Source(Problem::Refused(why))) if why.contains("64 GiB")), "{answer:?}");
    assert_eq!(world.server.log().asked.len(), 0);
}

/// No sign-in helps if the project requires App Check.
#[tokio::test(flavor = "multi_thread")]
async fn a_project_that_requires_app_check_needs_the_administrator() {
    let world = World::new().await;
    world.server.demand_app_check();
    let result = world.put_one(&world.file(1, 1000)).await;
    needs(&result, Attention::NoAccess, "The firm's project demands App Check");
}
