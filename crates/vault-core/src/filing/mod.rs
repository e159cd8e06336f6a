//! Filing.

mod item;

pub use item::{Happened, ItemState};
