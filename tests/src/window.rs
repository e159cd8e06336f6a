//! The built app on a desktop, controlled by the web view's own driver.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal};
use serde_json::json;

use crate::processes::{children, send};
use crate::wait::{PATIENCE, until};
use crate::{Desktop, Page};

/// The name on the session bus that the app has while it runs.
const ONE_AT_A_TIME: &str = "org.strongroom.desktop.SingleInstance";

/// The pattern of the app's window title.
pub const TITLE: &str = "^Strongroom$";

/// How long a user waits before pressing a key again.
const TO_PRESS_AGAIN: Duration = Duration::from_secs(3);

/// How long the app may take to end by itself.
const TO_CLOSE: Duration = Duration::from_secs(15);

/// The app's program: what `STRONGROOM_APP` names, or the release build.
pub fn app() -> PathBuf {
    let built = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/release/strongroom-desktop");
    std::env::var_os("STRONGROOM_APP").map_or_else(built, PathBuf::from)
}

/// Closes the app's window by keyboard, and waits until it is gone.
///
/// # Panics
/// When it does not go.
pub async fn close_by_keyboard(desktop: &Desktop) {
    let window = until("the window", || async { desktop.find_window(TITLE) }).await;
    desktop.xdotool(["windowactivate", "--sync", &window]);
    until("the window closes", || async {
        desktop.xdotool(["key", "alt+F4"]);
        // On a busy computer the window manager misses a key now and then: in one of 80 starts, while of 120 requests
        // to close that were made without a key none was missed. A user would press it again, too.
        let gone = until("the window closes", || async { desktop.find_window(TITLE).is_none().then_some(()) });
        tokio::time::timeout(TO_PRESS_AGAIN, gone).await.ok()
    })
    .await;
}

/// The app's window, controlled by the driver.
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
            // Without these the web view accepts no commands.
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

    /// Double-clicks a place on the page, in CSS pixels.
    ///
    /// # Panics
    /// When the window is not there.
    pub fn double_click(&self, desktop: &Desktop, (x, y): (i32, i32)) {
        let window = desktop.find_window(TITLE).expect("the window");
        let (x, y) = (x.to_string(), y.to_string());
        desktop.xdotool(["mousemove", "--window", &window, &x, &y]);
        desktop.xdotool(["click", "--repeat", "2", "--delay", "120", "1"]);
    }

    /// The screen position of a page position in CSS pixels: off by the width of the frame, because `xdotool` counts
    /// the frame twice. It is exact enough to drop something on a region.
    ///
    /// # Panics
    /// When the window is not there.
    pub fn on_screen(&self, desktop: &Desktop, (x, y): (i32, i32)) -> (i32, i32) {
        let window = desktop.find_window(TITLE).expect("the window");
        let geometry = desktop.xdotool(["getwindowgeometry", "--shell", &window]);
        let number = |name: &str| {
            let line = geometry.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|text| text.parse::<i32>().ok()).expect("its place")
        };
        (number("X") + x, number("Y") + y)
    }

    /// Closes it through the driver, without asking, and waits until it is gone.
    ///
    /// # Panics
    /// When it does not go.
    pub async fn close(mut self, desktop: &Desktop) {
        let app = self.process();
        let _ = tokio::time::timeout(PATIENCE, self.client.clone().close()).await;
        // The driver ends the app some time after it has answered.
        if tokio::time::timeout(TO_CLOSE, until_gone(desktop)).await.is_err() {
            send(app, Signal::KILL);
        }
        self.end_driver();
        until_gone(desktop).await;
    }

    /// Kills the app, as a power cut would.
    ///
    /// # Panics
    /// When it is not there.
    pub async fn kill(mut self, desktop: &Desktop) {
        let process = self.process();
        send(process, Signal::KILL);
        self.end_driver();
        until_gone(desktop).await;
    }

    fn end_driver(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    /// The app's process.
    ///
    /// # Panics
    /// When it is not there.
    pub fn process(&self) -> Pid {
        let app = children(self.driver.id()).first().copied().expect("the app's process");
        Pid::from_raw(app.cast_signed()).expect("the app's process")
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end_driver();
    }
}

/// Until then, another start would take it for a running one. A killed process can remain for a while: a thread that
/// waits for the disk keeps all its files open.
async fn until_gone(desktop: &Desktop) {
    until("the app is gone", || async { (!desktop.is_on_bus(ONE_AT_A_TIME)).then_some(()) }).await;
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}
