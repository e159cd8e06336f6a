//! The desktop shell: one window around the page in `ui/`, and the commands that page may call.
//!
//! The shell stays thin. A command passes a request on and returns a view of the answer; the vault itself is in the
//! crates below it. The page never names a path, and receives changes on one channel.
//!
//! ```text
//! page ─ commands ─► shell ─► compose (vault, jobs)
//!   ▲                  │
//!   └──── events ◄─────┴─ notifier (the jobs) · changes (other programs) · os (drags, closing, notifications)
//! ```

// First, for its macro.
#[macro_use]
mod commands;

#[cfg(test)]
mod access;
mod bindings;
mod changes;
mod compose;
mod events;
mod firms;
mod listings;
mod log;
mod notifier;
mod offers;
mod os;
mod reason;
mod settings;
mod shell;
#[cfg(test)]
mod testing;
mod text;
mod views;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tauri::{App, AppHandle, DragDropEvent, Manager, RunEvent, Window, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use vault_keychain::{Keychain, KeychainWithFallback};

use crate::notifier::WindowNotifier;
use crate::os::{close, drag, links, relaunch, tray, window};
use crate::shell::Shell;

/// How often the vault is checked for changes by other programs.
const LOOK: Duration = Duration::from_secs(5);

/// Opens the window and returns when it is closed; a failure to start is reported on standard error.
pub fn run() -> ExitCode {
    log::start();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the window starts");
    // macOS allows 256 by default. If there are still too few, opening the vault reports it.
    if vault_core::open_files::make_room().is_err() {
        tracing::warn!("too few files may be open");
    }
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            let arguments = arguments.into_iter().skip(1);
            if let Some(shell) = app.try_state::<Shell>().filter(|shell| shell.leaving.load(Ordering::Relaxed)) {
                shell.relaunch.keep(arguments.collect(), folder.into());
                return;
            }
            window::bring_forward(app);
            links::open(app, arguments, Path::new(&folder));
        }))
        .plugin(remember_window())
        .invoke_handler(bindings::commands().invoke_handler())
        .setup(|app| Ok(prepare(app)?))
        .on_window_event(hear)
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| hear_program(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => {
            relaunch::repeat(&error);
            #[expect(clippy::print_stderr, reason = "there is no window yet to say it in")]
            {
                eprintln!("Strongroom could not open its window: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

/// The window is restored to its last position and size, if there is a screen there, but never hidden.
fn remember_window() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri_plugin_window_state::Builder::new().with_state_flags(flags).build()
}

fn prepare(app: &mut App) -> tauri::Result<()> {
    let handle = app.handle();
    let (config, cache) = (app.path().app_config_dir()?, app.path().app_cache_dir()?);
    let told = Arc::new(WindowNotifier::new(handle.clone()));
    let shell = Shell::new(&config, &cache, told, Arc::new(KeychainWithFallback::over(Keychain::new())));
    // Left by an earlier run that ended abruptly.
    shell.copies.clear();
    app.manage(shell);
    window::make(handle)?;
    tray::make(handle);
    if let Ok(folder) = std::env::current_dir() {
        links::open(handle, std::env::args().skip(1), &folder);
    }
    tauri::async_runtime::spawn(keep_up(handle.clone()));
    Ok(())
}

/// Opens the vault, and then checks it for changes by other programs for as long as the window exists.
async fn keep_up(app: AppHandle) {
    let shell = app.state::<Shell>();
    if let Err(refusal) = shell.open().await {
        tracing::warn!(code = ?refusal.code, "the vault could not be opened");
    }
    let mut ticks = tokio::time::interval(LOOK);
    loop {
        ticks.tick().await;
        let shown = app.get_webview_window(window::MAIN).is_some_and(|window| window.is_visible().unwrap_or(true));
        if shown {
            shell.look_for_changes().await;
        }
    }
}

fn hear(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    let shell = app.state::<Shell>();
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            close::asked(app);
        }
        WindowEvent::Focused(focused) => {
            shell.set_looked_at(*focused);
            if *focused {
                let app = app.clone();
                tauri::async_runtime::spawn(async move { app.state::<Shell>().look_for_changes().await });
            }
        }
        WindowEvent::DragDrop(dragged) => {
            let scale = window.scale_factor().unwrap_or(1.0);
            if let DragDropEvent::Drop { paths, .. } = dragged
                && let Some(path) = drag::connection(paths)
            {
                shell.page.tell(views::WindowEvent::DragLeft);
                links::open(app, path.to_str().map(str::to_owned), Path::new("/"));
                return;
            }
            if let Some(event) = shell.drag.hear(dragged, scale, &shell.offers, Instant::now()) {
                shell.page.tell(event);
            }
        }
        _ => {}
    }
}

fn hear_program(app: &AppHandle, event: &RunEvent) {
    match event {
        // The system ends the program itself, as macOS does for ⌘Q.
        RunEvent::Exit => {
            tauri::async_runtime::block_on(close::finish(app));
            tracing::info!("the window ends");
            relaunch::hand_over(app);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            let named = |url: &tauri::Url| match url.to_file_path() {
                Ok(file) => file.display().to_string(),
                Err(()) => url.to_string(),
            };
            links::open(app, urls.iter().map(named), Path::new("/"));
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::bring_forward(app),
        _ => {}
    }
}
