//! The id of a computer.

use super::DeviceId;

impl DeviceId {
    /// The id of the computer with the network name `host`; `apart` distinguishes it from others of the same name.
    pub fn of_computer(host: &str, apart: u32) -> Self {
        let id = Self::new(format!("{}-{apart:08x}", name(host)));
        id.unwrap_or_else(|_| unreachable!("a label of 63 letters, digits and hyphens is part of an id"))
    }
}

/// The computer's name as part of an id: its first label, letters, digits and hyphens.
fn name(host: &str) -> String {
    let label = host.split('.').find(|label| !label.is_empty()).unwrap_or_default();
    let safe: String = label.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(63).collect();
    let safe = safe.trim_matches('-').to_ascii_lowercase();
    if safe.is_empty() { "computer".to_owned() } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computers_name_becomes_part_of_an_id() {
        for (host, name) in [
            ("front-desk", "front-desk"),
            ("Front Desk", "front-desk"),
            ("mac.local", "mac"),
            (".hidden", "hidden"),
            ("büro", "b-ro"),
            ("--", "computer"),
            ("", "computer"),
        ] {
            assert_eq!(DeviceId::of_computer(host, 0x1f3a_9c20).as_str(), format!("{name}-1f3a9c20"), "{host}");
        }
    }
}
