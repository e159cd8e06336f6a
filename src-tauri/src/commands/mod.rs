//! What the page may ask, one file a topic. Every name here is listed in `build.rs` and granted in `capabilities/`.

pub(crate) mod about;
