//! Locating and opening the vault of this computer, for both the command line and the window.

mod diagnostics;
mod error;
mod home;
mod left_out;
mod log;
mod nesting;
mod opened;
mod sources;
mod unfinished;

pub use diagnostics::{Diagnostics, Queue, VaultCounts};
pub use error::HomeError;
pub use home::{Home, databases_fit, named_by_environment};
pub use log::{Log, Program, log_panics};
pub use opened::Opened;
pub use unfinished::UnfinishedCheck;
pub use vault_core::durable::write_whole;
pub use vault_core::private::folder as private_folder;
