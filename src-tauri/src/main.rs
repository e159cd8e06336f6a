//! The desktop app's entry: no console window on Windows, then [`strongroom_desktop::run`].

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    strongroom_desktop::run()
}
