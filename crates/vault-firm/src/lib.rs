//! The firms this computer is connected to, and a firm's vault opened with or without a network.
//!
//! ```text
//! Firms ─ connect ─► Firm ─ sign in ─► Session ─ open ─► OpenFirm: the vault and the filing lock
//!   connection files    who is signed in                 Live: keeps the local copy current
//! ```
//!
//! A firm's vault is the same `Vault` as that of this computer, with other ports: documents and content are stored with
//! the firm; the queue and the local copy for browsing are stored here, separately for each user and team. It opens
//! without a network.

mod device;
mod error;
mod firms;
mod kept;
mod live;
mod mark;
mod open;
mod queues;
mod right;
mod sign_in;

pub use error::FirmError;
pub use firms::{Firm, FirmId, Firms};
pub use live::{Live, LiveObserver, Sync, SyncState, catch_up_or_forget};
pub use open::{Left, OpenFirm};
pub use sign_in::{SignInFailure, SigningIn};
pub use vault_firebase::{
    Account, Changed, Connection, Fact, InvalidConnection, MemorySecrets, OauthFailure, Role, Session, Shown,
};
