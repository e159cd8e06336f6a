//! A desk before the real vault: real databases, real files.

mod gates;
mod road;
mod scene;
mod told;
