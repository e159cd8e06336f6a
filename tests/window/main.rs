//! Journeys through the real window.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a journey that cannot continue has failed")]

mod banker_box;
mod clients;
mod crash;
mod firm;
mod keyboard;
mod locate;
mod menu_entry;
mod pdf;
mod pointer;
mod safety;
mod second_instance;
mod steps;
