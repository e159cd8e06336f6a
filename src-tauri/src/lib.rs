//! The desktop shell: one window around the page in `ui/`, and the commands that page may call.
//!
//! The shell stays thin. A command hands a request on and a view of the answer back; what a vault is and does lives in
//! the crates below it.

mod commands;
mod views;

use std::process::ExitCode;

use tauri_specta::{Builder, collect_commands};

fn unfinished() -> views::Refusal {
    views::Refusal { code: views::RefusalCode::TryLater, message: "Not yet.".to_owned() }
}

fn bindings() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .commands(collect_commands![
            commands::snapshot::snapshot,
            commands::snapshot::watch,
            commands::snapshot::welcomed,
            commands::matters::create_client,
            commands::matters::edit_client,
            commands::matters::set_client_removed,
            commands::matters::create_matter,
            commands::matters::edit_matter,
            commands::matters::set_matter_status,
            commands::matters::set_matter_removed,
            commands::files::folders,
            commands::files::list_files,
            commands::files::file_rows,
            commands::history::drops,
            commands::history::drop_events,
            commands::history::drop_left_out,
            commands::document::document,
            commands::document::preview_bytes,
            commands::document::preview_text,
            commands::document::open_document,
            commands::document::copy_text,
            commands::document::print_page,
            commands::search::search,
            commands::filing::choose_files,
            commands::filing::choose_folder,
            commands::filing::take,
            commands::filing::discard,
            commands::filing::file_drop,
            commands::filing::preflight_rows,
            commands::filing::pause,
            commands::filing::resume,
            commands::filing::cancel,
            commands::filing::clear,
            commands::filing::problems,
            commands::filing::retry,
            commands::filing::skip,
            commands::restore::restore,
            commands::restore::verify,
            commands::restore::report,
            commands::restore::reveal,
            commands::settings::save_settings,
            commands::settings::save_left_out,
            commands::settings::reset_left_out,
            commands::settings::choose_data_folder,
            commands::settings::reveal_data_folder,
            commands::window::close_window
        ])
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

/// Opens the window and returns when it is closed; a failure to start is told on standard error.
pub fn run() -> ExitCode {
    let outcome = tauri::Builder::default().invoke_handler(bindings().invoke_handler()).run(tauri::generate_context!());
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_bindings_are_those_of_the_commands() {
        super::bindings().export(specta_typescript::Typescript::default(), "ui/src/lib/backend/bindings.ts").unwrap();
    }
}
