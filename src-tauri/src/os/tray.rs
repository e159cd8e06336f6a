//! The icon in the system's tray: show the window, pause, and quit. Without a tray, there is no icon, and the window is
//! shown again by starting Strongroom again.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};
use vault_jobs::Phase;

use crate::os::{close, window};
use crate::shell::Shell;
use crate::text::Texts;

const OPEN: &str = "open";
const PAUSE: &str = "pause";
const QUIT: &str = "quit";

/// The menu items with a text.
#[derive(Clone)]
struct Lines {
    open: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// The action of the pause item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pausing {
    /// There are running jobs that can be paused.
    Pause,
    /// All running jobs were paused by the user.
    Resume,
    /// There is no job in progress.
    Nothing,
}

impl Pausing {
    fn of(phases: &[Phase]) -> Self {
        if phases.iter().any(|phase| phase.is_busy()) {
            Self::Pause
        } else if phases.contains(&Phase::Paused) {
            Self::Resume
        } else {
            Self::Nothing
        }
    }

    fn text(self, texts: &dyn Texts) -> &'static str {
        match self {
            Self::Pause | Self::Nothing => texts.pause_filing(),
            Self::Resume => texts.resume_filing(),
        }
    }
}

/// Puts the icon into the tray, if there can be one.
pub(crate) fn make(app: &AppHandle) {
    // The library that draws it on Linux is loaded on first use, and panics if it is not installed.
    let made = catch_unwind(AssertUnwindSafe(|| build(app)));
    if !matches!(made, Ok(Ok(()))) {
        tracing::warn!("there is no tray icon");
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let texts = app.state::<Shell>().texts();
    let lines = Lines {
        open: MenuItem::with_id(app, OPEN, texts.open_window(), true, None::<&str>)?,
        pause: MenuItem::with_id(app, PAUSE, Pausing::Nothing.text(texts), false, None::<&str>)?,
        quit: MenuItem::with_id(app, QUIT, texts.quit(), true, None::<&str>)?,
    };
    let menu = Menu::with_items(app, &[&lines.open, &lines.pause, &PredefinedMenuItem::separator(app)?, &lines.quit])?;
    let mut tray = TrayIconBuilder::with_id("strongroom")
        .tooltip("Strongroom")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            let left = MouseButton::Left;
            if matches!(event, TrayIconEvent::Click { button, button_state: MouseButtonState::Up, .. } if button == left) {
                window::bring_forward(tray.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    app.manage(lines);
    Ok(())
}

/// Updates the pause item.
pub(crate) fn show(app: &AppHandle, phases: &[Phase]) {
    let (pausing, texts) = (Pausing::of(phases), app.state::<Shell>().texts());
    let Some(lines) = app.try_state::<Lines>().map(|lines| lines.inner().clone()) else { return };
    // Not awaited: the notifier must not wait for a window that is being closed.
    let _ = app.run_on_main_thread(move || {
        let _ = lines.pause.set_text(pausing.text(texts));
        let _ = lines.pause.set_enabled(pausing != Pausing::Nothing);
    });
}

/// Shows the menu in the language the user chose now.
pub(crate) fn speak(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let works = shell.opened().map(|open| open.jobs.list()).unwrap_or_default();
    let phases: Vec<Phase> = works.iter().map(|work| work.phase).collect();
    show(app, &phases);
    let texts = shell.texts();
    let Some(lines) = app.try_state::<Lines>().map(|lines| lines.inner().clone()) else { return };
    let _ = app.run_on_main_thread(move || {
        let _ = lines.open.set_text(texts.open_window());
        let _ = lines.quit.set_text(texts.quit());
    });
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        OPEN => window::bring_forward(app),
        PAUSE => pause_or_resume(app),
        QUIT => close::leave(app),
        _ => {}
    }
}

fn pause_or_resume(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Some(open) = shell.opened() else { return };
    let jobs = open.jobs.list();
    let phases: Vec<Phase> = jobs.iter().map(|job| job.phase).collect();
    match Pausing::of(&phases) {
        Pausing::Pause => open.jobs.pause_all(),
        Pausing::Resume => {
            for job in jobs.iter().filter(|job| job.phase == Phase::Paused) {
                // A job that has progressed meanwhile need not be resumed.
                let _ = open.jobs.resume(job.id);
            }
        }
        Pausing::Nothing => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use crate::views::Language;

    #[test]
    fn the_menu_entry_names_its_action() {
        assert_eq!(Pausing::of(&[]), Pausing::Nothing);
        assert_eq!(Pausing::of(&[Phase::Finished, Phase::Ready]), Pausing::Nothing);
        assert_eq!(Pausing::of(&[Phase::Paused, Phase::Running]), Pausing::Pause);
        assert_eq!(Pausing::of(&[Phase::Finished, Phase::Paused]), Pausing::Resume);
        assert_eq!(Pausing::Resume.text(text::texts(Language::En)), "Resume filing");
        assert_eq!(Pausing::Nothing.text(text::texts(Language::De)), "Ablegen anhalten");
    }
}
