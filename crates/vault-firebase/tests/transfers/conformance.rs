//! The contract of every vault for content, against the strict server.

use std::sync::Arc;

use vault_testing::conformance::blobs::Subject;
use vault_testing::storage_server::StorageServer;

use crate::world::{World, team};

async fn open() -> Subject {
    let world = Arc::new(World::new().await);
    let tampered = world.clone();
    let tamper = move |path: &str, bytes: Option<&[u8]>| change(&tampered.server, path, bytes);
    Subject {
        blobs: world.blobs.clone(),
        again: world.again().await,
        team: team(),
        tamper: Box::new(tamper),
        immutable: true,
        keep: Box::new(world),
    }
}

fn change(server: &StorageServer, path: &str, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => server.plant(path, bytes),
        None => server.remove(path),
    }
}

vault_testing::blobs_conformance!(open);
