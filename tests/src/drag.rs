//! A drag from another program's window, with the pointer of the screen.

use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::time::Duration;

use crate::Desktop;

/// A drag in progress. Its source is a separate window at the top left of the screen.
pub struct Drag<'a> {
    desktop: &'a Desktop,
    source: Child,
    says: Lines<BufReader<ChildStdout>>,
}

/// Where the pointer is in the source's window.
const GRIP: (i32, i32) = (60, 50);

impl<'a> Drag<'a> {
    /// Starts dragging these folders and files.
    ///
    /// # Panics
    /// When the other program does not start.
    pub async fn begin<P: AsRef<Path>>(desktop: &'a Desktop, paths: impl IntoIterator<Item = P>) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/drag_source.py");
        let mut command = desktop.command("/usr/bin/python3");
        command.arg(script);
        for path in paths {
            command.arg(path.as_ref());
        }
        let mut source = command.stdout(Stdio::piped()).spawn().expect("python3, with GTK");
        let mut says = BufReader::new(source.stdout.take().expect("a pipe")).lines();
        let mapped = says.next().and_then(Result::ok);
        assert_eq!(mapped.as_deref(), Some("mapped"), "python3-gi and gir1.2-gtk-3.0");
        let drag = Self { desktop, source, says };
        // A window manager positions a new window only after mapping it.
        pause(400).await;
        drag.point(GRIP).await;
        desktop.xdotool(["mousedown", "1"]);
        pause(100).await;
        for step in 1..=3 {
            drag.point((GRIP.0 + 8 * step, GRIP.1 + 4 * step)).await;
        }
        drag
    }

    /// Moves over this position on the screen, as a hand does.
    pub async fn over(&self, to: (i32, i32)) {
        for step in 1..=15 {
            self.point((90 + (to.0 - 90) * step / 15, 60 + (to.1 - 60) * step / 15)).await;
        }
        pause(300).await;
    }

    /// Drops.
    ///
    /// # Panics
    /// When no program accepted the dragged files.
    pub fn release(mut self) {
        self.desktop.xdotool(["mouseup", "1"]);
        let said: Vec<String> = self.says.by_ref().map_while(Result::ok).collect();
        let _ = self.source.wait();
        assert!(
            said.iter().any(|line| line.starts_with("drag-data-get")),
            "no program accepted the dragged files: {said:?}"
        );
    }

    async fn point(&self, (x, y): (i32, i32)) {
        self.desktop.xdotool(["mousemove".to_owned(), x.to_string(), y.to_string()]);
        pause(40).await;
    }
}

/// A pointer that jumps is no drag: GTK asks the window below at every step.
async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
