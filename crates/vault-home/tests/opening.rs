//! Opening the vault of a home, valid sources, and the filing lock.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use vault_core::ports::StatusFilter;
use vault_home::{Home, HomeError};

fn home_in(place: &TempDir) -> Home {
    Home::find(Some(&place.path().join("home"))).expect("a path")
}

#[tokio::test]
async fn a_vault_is_made_once_and_found_again() {
    let place = TempDir::new().unwrap();
    let first = home_in(&place).open().await.unwrap();
    let person = first.vault.person().await.unwrap();
    first.vault.sync_mirror().await.unwrap();
    assert_eq!(first.vault.mirror.matters(StatusFilter::Present).await.unwrap().len(), 1, "the general matter");
    drop(first);
    let second = home_in(&place).open().await.unwrap();
    assert_eq!(second.vault.person().await.unwrap(), person);
}

#[tokio::test]
async fn one_program_at_a_time_may_file() {
    let place = TempDir::new().unwrap();
    let (one, two) = (home_in(&place).open().await.unwrap(), home_in(&place).open().await.unwrap());
    let right = one.right.try_take().await.unwrap().expect("nobody else has it");
    assert!(two.right.try_take().await.unwrap().is_none());
    let (waited, ()) = tokio::join!(two.right.take(), async { drop(right) });
    waited.unwrap();
    let taken = tokio::time::timeout(Duration::from_secs(10), one.right.take()).await;
    taken.expect("given back when it was dropped").unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_a_home_is_named() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("home"), "a file").unwrap();
    let error = home_in(&place).open().await.err().expect("a file is not a home");
    assert!(matches!(&error, HomeError::NotAHome { .. }), "{error}");
    assert!(error.to_string().contains(&place.path().join("home").display().to_string()), "{error}");
}

#[test]
fn a_source_must_exist_and_not_contain_the_vault() {
    let place = TempDir::new().unwrap();
    let home = home_in(&place);
    home.make().unwrap();
    fs::create_dir(place.path().join("Box")).unwrap();
    let sources = |path: &Path| home.sources(&[path.to_owned()]);
    let found = sources(&place.path().join("Box/.")).unwrap();
    assert_eq!(found, [place.path().canonicalize().unwrap().join("Box")]);
    assert!(matches!(sources(&place.path().join("none")), Err(HomeError::SourceMissing(_))));
    for vault in [place.path(), &place.path().join("home"), &place.path().join("home/left-out.txt")] {
        assert!(matches!(sources(vault), Err(HomeError::SourceIsVault { .. })), "{}", vault.display());
    }
}
