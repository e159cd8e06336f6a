//! Two users of a firm on two computers: connected, signed in, working on one matter, and one of them offline.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use journeys::{
    Desktop, Drag, Network, Page, Window, flip_bit, give_browser, halt_emulators, key, look, make_sample_firm,
};

use crate::clients;
use crate::steps::drag_onto;

const CONTRACT: &str = "[data-matter=abc-contract]";
const LEASE: &str = "[data-matter=abc-lease]";

/// A hanging server is detected by this timeout.
const SILENCE: Duration = Duration::from_secs(90);

/// Connects, signs in as `person` in a real browser, and waits for the firm's matters.
async fn sign_in(desktop: &Desktop, page: &Page) {
    page.wait_says("Connect to Archer & Baker?").await;
    page.wait_says("demo-strongroom").await;
    look(desktop, "firm-connection").await;
    page.press("Connect").await;
    page.wait_named("Sign in with your browser").await;
    look(desktop, "firm-sign-in").await;
    page.press("Sign in with your browser").await;
    page.wait_says("Contract Review").await;
}

async fn open(desktop: &Desktop, person: &str, arguments: &[&Path]) -> Window {
    give_browser(desktop, person);
    let arguments: Vec<_> = arguments.iter().map(|path| path.as_os_str()).collect();
    Window::open_with(desktop, &arguments).await
}

/// Changes the title of a matter.
async fn retitle(page: &Page, matter: &str, title: &str) {
    page.wait_for(matter).await.click().await.unwrap();
    page.press("Details").await;
    page.fill("Title", title).await;
    page.press("Save").await;
}

/// A document whose content has changed is not opened.
async fn is_refused_with_a_flipped_bit(desktop: &Desktop, page: &Page, file: &Path) {
    flip_bit(file);
    page.type_keys(&format!("{}k{}", key::CONTROL, key::CONTROL)).await;
    page.wait_for("[role=combobox]").await;
    page.type_keys("exhibit 1").await;
    page.wait_says("Exhibit 1.txt").await;
    page.type_keys(key::ENTER).await;
    page.wait_says("Verification failed").await;
    look(desktop, "firm-flipped-bit").await;
    page.type_keys(key::ESCAPE).await;
}

#[tokio::test]
async fn two_users_share_a_matter_and_one_continues_without_a_network() {
    make_sample_firm();
    let (anns, mut bens) = (Desktop::start(1280, 900), Desktop::start(1280, 900));
    bens.unlock_keychain();
    let (network, bens_network) = (Network::new().await, Network::new().await);

    // Ann opens the connection file; Ben drops his onto the window.
    let file = network.connection_file(&anns);
    let anns_window = open(&anns, "Ann Archer", &[&file]).await;
    let ann = anns_window.page();
    sign_in(&anns, &ann).await;
    let file = bens_network.connection_file(&bens);
    let bens_window = open(&bens, "Ben Baker", &[]).await;
    let ben = bens_window.page();
    ben.wait_says("Connect to your firm").await;
    let drag = Drag::begin(&bens, [&file]).await;
    drag.over(bens_window.on_screen(&bens, (600, 400))).await;
    drag.release();
    sign_in(&bens, &ben).await;
    look(&bens, "firm-signed-in").await;

    // Ben sees automatically what Ann files.
    ben.wait_for(CONTRACT).await.click().await.unwrap();
    ben.wait_says("Nothing has been filed here yet").await;
    let binder = clients::binder(&anns.home());
    drag_onto(&anns, &anns_window, &binder, CONTRACT).await;
    ann.wait_named("File 46 files").await;
    ann.press("File 46 files").await;
    ann.wait_says("44 stored").await;
    let filed = Instant::now();
    ben.wait_says("Client binder & Büro").await;
    println!("on the other screen {} ms after it was filed", filed.elapsed().as_millis());
    look(&bens, "firm-colleague").await;

    // The firm's servers hang. Browsing and search still work.
    let halted = halt_emulators();
    let since = Instant::now();
    while !ben.says("Offline").await {
        assert!(since.elapsed() < SILENCE, "nothing says that nobody answers:\n{}", ben.text().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("offline after {} s", since.elapsed().as_secs());
    bens_network.cut();
    drop(halted);
    look(&bens, "firm-offline").await;
    ben.type_keys(&format!("{}k{}", key::CONTROL, key::CONTROL)).await;
    ben.wait_for("[role=combobox]").await;
    ben.type_keys("agree sig").await;
    ben.wait_says("Agreement (signed).txt").await;
    ben.type_keys(key::ESCAPE).await;

    // His drops are planned and wait, and so do his changes.
    let second = clients::second_box(&bens.home());
    drag_onto(&bens, &bens_window, &second, CONTRACT).await;
    ben.wait_named("File 6 files").await;
    ben.wait_says("come from the copy on this computer").await;
    look(&bens, "firm-offline-preflight").await;
    ben.press("File 6 files").await;
    ben.wait_says("waiting").await;
    retitle(&ben, CONTRACT, "Contract Review II").await;
    ben.wait_says("Waiting").await;
    look(&bens, "firm-offline-waiting").await;
    assert!(!ann.says("Contract Review II").await);
    // Both users change the same matter.
    retitle(&ben, LEASE, "Lease, as Ben calls it").await;
    ben.wait_says("2 changes waiting").await;
    ann.wait_unsaid("Offline").await;
    retitle(&ann, LEASE, "Lease, as Ann calls it").await;
    ann.wait_says("Lease, as Ann calls it").await;

    // The connection is back: everything is sent automatically, and Ann sees it.
    bens_network.repair();
    ben.wait_says("Filed to 2024-001").await;
    ann.wait_says("Contract Review II").await;
    // Neither version was overwritten: Ben chooses.
    ben.press("Decide…").await;
    ben.wait_says("Lease, as Ann calls it").await;
    look(&bens, "firm-two-versions").await;
    ben.press("Keep mine").await;
    ann.wait_says("Lease, as Ben calls it").await;
    ben.type_keys(key::ESCAPE).await;
    ann.wait_for(CONTRACT).await.click().await.unwrap();
    ann.press("History").await;
    ann.wait_says("Ben Baker").await;
    ann.wait_says("Second box").await;
    look(&anns, "firm-history").await;

    is_refused_with_a_flipped_bit(&anns, &ann, &second.join("New/Exhibit 1.txt")).await;

    // In the courthouse: started offline, he is still signed in, and everything is there.
    ben.wait_unsaid("Offline").await;
    bens_network.cut();
    bens_window.close(&bens).await;
    let bens_window = open(&bens, "Ben Baker", &[]).await;
    let ben = bens_window.page();
    ben.wait_says("Offline — as of").await;
    ben.wait_for(CONTRACT).await.click().await.unwrap();
    ben.wait_says("Client binder & Büro").await;
    look(&bens, "firm-courthouse").await;
    bens_network.repair();
    ben.press("Try again now").await;

    // Ben signs out, and removes the firm's data from his computer.
    ben.wait_unsaid("Offline").await;
    ben.press("Archer & Baker").await;
    ben.press("Sign out…").await;
    ben.press("Also remove the firm’s data from this computer").await;
    look(&bens, "firm-sign-out").await;
    ben.press("Sign out").await;
    ben.wait_named("Sign in with your browser").await;
    look(&bens, "firm-signed-out").await;
    let left = databases(&bens.home());
    assert!(left.is_empty(), "{left:?}");
    bens_window.close(&bens).await;
    anns_window.close(&anns).await;
}

/// The databases of firms below a home folder.
fn databases(home: &Path) -> Vec<String> {
    let firms = home.join(".local/share/strongroom/firms");
    let mut found = Vec::new();
    let mut folders = vec![firms];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "db") {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
