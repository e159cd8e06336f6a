//! What people and computers are called.

use std::collections::HashMap;

use vault_core::Vault;
use vault_core::model::{DeviceId, UserId};
use vault_core::ports::PortError;

/// What people are called, asked for once each.
pub(crate) struct Names<'a> {
    vault: &'a Vault,
    people: HashMap<UserId, String>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(vault: &'a Vault) -> Self {
        Self { vault, people: HashMap::new() }
    }

    /// What a person is called; the id of one whose name this computer does not know.
    pub(crate) async fn person(&mut self, id: &UserId) -> Result<String, PortError> {
        if let Some(known) = self.people.get(id) {
            return Ok(known.clone());
        }
        let name = self.vault.mirror.display_name(id).await?.unwrap_or_else(|| id.to_string());
        self.people.insert(id.clone(), name.clone());
        Ok(name)
    }
}

/// What a computer is called: its id without the eight digits that tell two of the same name apart.
pub(crate) fn device_name(id: &DeviceId) -> String {
    let id = id.as_str();
    let digits = |tail: &str| tail.len() == 8 && tail.bytes().all(|b| b.is_ascii_hexdigit());
    match id.rsplit_once('-') {
        Some((name, tail)) if !name.is_empty() && digits(tail) => name.to_owned(),
        _ => id.to_owned(),
    }
}

/// The last segment of a place that may be of another system; the whole text where it has none.
pub(crate) fn last_segment(place: &str) -> String {
    let windows = place.starts_with("\\\\") || place.as_bytes().get(1) == Some(&b':');
    let separates = |c: char| c == '/' || (windows && c == '\\');
    let last = place.trim_end_matches(separates).rsplit(separates).next().unwrap_or_default();
    if last.is_empty() { place.to_owned() } else { last.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_is_shown_by_its_name() {
        for (id, name) in
            [("front-desk-1f3a9c20", "front-desk"), ("front-desk", "front-desk"), ("pc-1f3a9c2x", "pc-1f3a9c2x")]
        {
            assert_eq!(device_name(&DeviceId::new(id).unwrap()), name);
        }
    }

    #[test]
    fn a_place_of_any_system_has_a_last_segment() {
        for (place, last) in [
            ("/media/Box", "Box"),
            ("/media/Box/", "Box"),
            ("/media/a\\b", "a\\b"),
            ("E:\\Box\\Letters", "Letters"),
            ("\\\\server\\share\\Box", "Box"),
            ("/", "/"),
            ("E:\\", "E:"),
        ] {
            assert_eq!(last_segment(place), last, "{place}");
        }
    }
}
