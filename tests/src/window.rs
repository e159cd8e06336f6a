//! The built app on a desktop, under the web view's own driver.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::wait::{PATIENCE, until};
use crate::{Desktop, Page};

/// The app's program: what `STRONGROOM_APP` names, or the release build.
pub fn app() -> PathBuf {
    let built = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/release/strongroom-desktop");
    std::env::var_os("STRONGROOM_APP").map_or_else(built, PathBuf::from)
}

/// The app's window, driven.
pub struct Window {
    driver: Child,
    client: Client,
}

impl Window {
    /// Starts the app and waits until its page is there.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn open(desktop: &Desktop) -> Self {
        Self::open_with(desktop, &[]).await
    }

    /// Starts the app with these arguments, and waits until its page is there.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn open_with(desktop: &Desktop, arguments: &[&OsStr]) -> Self {
        let program = app();
        assert!(program.exists(), "there is no {}; `cargo xtask test --only window` builds it", program.display());
        let port = free_port();
        let driver = desktop
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            // Without these the web view takes no orders.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver");
        until("the driver listens", || async move {
            tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()
        })
        .await;
        let arguments: Vec<&str> = arguments.iter().map(|argument| argument.to_str().expect("Unicode")).collect();
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let address = format!("http://127.0.0.1:{port}");
        let client = tokio::time::timeout(PATIENCE, builder.connect(&address)).await;
        let client = client.expect("the app answers").expect("a session with the app");
        Self { driver, client }
    }

    /// Its page.
    pub fn page(&self) -> Page {
        Page::new(self.client.clone())
    }

    /// Where a place on the page, in CSS pixels, is on the screen.
    ///
    /// # Panics
    /// When the window is not there.
    pub fn on_screen(&self, desktop: &Desktop, (x, y): (i32, i32)) -> (i32, i32) {
        let window = desktop.find_window("^Strongroom$").expect("the window");
        let told = desktop.xdotool(["getwindowgeometry", "--shell", &window]);
        let number = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|text| text.parse::<i32>().ok()).expect("its place")
        };
        (number("X") + x, number("Y") + y)
    }

    /// Closes it as the driver does, without asking.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(PATIENCE, self.client.clone().close()).await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    /// Ends the app at once, as a power cut would.
    ///
    /// # Panics
    /// When it is not there.
    pub async fn kill(mut self, desktop: &Desktop) {
        let process = self.process(desktop);
        kill_process(process, Signal::KILL).expect("the app is there");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // Until it is gone, another start would take it for one that runs.
        let status = format!("/proc/{}/stat", process.as_raw_nonzero());
        until("the app is gone", || async {
            std::fs::read_to_string(&status).map_or(true, |told| told.contains(") Z ")).then_some(())
        })
        .await;
    }

    /// The app's process.
    ///
    /// # Panics
    /// When it is not there.
    pub fn process(&self, desktop: &Desktop) -> Pid {
        let app = children(desktop, self.driver.id()).first().copied().expect("the app's process");
        Pid::from_raw(app.cast_signed()).expect("the app's process")
    }
}

/// A process and those it started.
pub fn processes(desktop: &Desktop, process: u32) -> Vec<u32> {
    let mut found = vec![process];
    let mut looked_at = 0;
    while let Some(process) = found.get(looked_at) {
        found.extend(children(desktop, *process));
        looked_at += 1;
    }
    found
}

fn children(desktop: &Desktop, process: u32) -> Vec<u32> {
    let output = desktop.command("pgrep").arg("-P").arg(process.to_string()).output().expect("pgrep");
    String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| line.trim().parse().ok()).collect()
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}
