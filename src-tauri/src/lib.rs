//! The desktop shell: one window around the page in `ui/`, and the commands that page may call.
//!
//! The shell stays thin. A command hands a request on and a view of the answer back; what a vault is and does lives in
//! the crates below it.

mod commands;

use std::process::ExitCode;

/// Opens the window and returns when it is closed; a failure to start is told on standard error.
pub fn run() -> ExitCode {
    let outcome = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![commands::about::about])
        .run(tauri::generate_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "there is no window yet to say it in")]
            {
                eprintln!("Strongroom could not open its window: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
