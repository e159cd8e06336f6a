//! Locating and opening the vault of this computer, for both the command line and the window.

mod error;
mod home;
mod left_out;
mod nesting;
mod opened;
mod sources;
mod unfinished;

pub use error::HomeError;
pub use home::{Home, databases_fit, named_by_environment};
pub use opened::Opened;
pub use unfinished::UnfinishedCheck;
pub use vault_core::durable::write_whole;
pub use vault_core::private::folder as private_folder;
