//! The firm's vault against the Firebase emulators, with the project's own rules.
//!
//! ```text
//! cargo xtask emulators     # in another terminal
//! cargo test -p vault-firebase --features emulators
//! ```
//!
//! Where the emulators listen is read from `FIREBASE_AUTH_EMULATOR_HOST`, `FIRESTORE_EMULATOR_HOST`,
//! `FIREBASE_STORAGE_EMULATOR_HOST` and `GCLOUD_PROJECT`, as Firebase's own tools set them; where users sign in, from
//! `STRONGROOM_IDENTITY_PROVIDER`. Every test makes a team of its own, so they run at the same time, and again.

mod blobs;
mod browser;
mod filing_costs;
mod following;
mod founding;
mod generated;
mod own_changes;
mod own_history;
mod records;
mod refusals;
mod sessions;
mod set_aside;
mod signing_in;
mod whole_sign_in;
mod world;
