//! Ids in the log.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The parts of a document's path that Strongroom itself gives their names.
const FIXED: [&str; 7] = ["clients", "matters", "metadata", "uploadEvents", "drops", "userInfo", "general"];

/// How many digits stand for a text that may be a name.
const DIGITS: usize = 12;

/// A document's path, or an id, as it may stand in the log. Ids that a program made are kept. Any other part may be a
/// name that a user chose; the first digits of its SHA-256 stand for it, so that those who know it find it again.
pub fn log_id(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let is_hash = part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if FIXED.contains(&part) || is_hash || Uuid::try_parse(part).is_ok() {
            part.to_owned()
        } else {
            format!("#{}", &hex::encode(Sha256::digest(part))[..DIGITS])
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_program_made_are_kept_and_names_are_not() {
        let id = "0190b6a0-5d3c-7f00-8000-000000000001";
        assert_eq!(log_id(&format!("matters/{id}/drops/{id}")), format!("matters/{id}/drops/{id}"));
        assert_eq!(log_id("matters/general"), "matters/general");
        let hash = "ab".repeat(32);
        assert_eq!(log_id(&format!("matters/general/metadata/{hash}")), format!("matters/general/metadata/{hash}"));
        let logged = log_id("clients/acme-corp");
        assert!(logged.starts_with("clients/#") && logged.len() == "clients/#".len() + DIGITS, "{logged}");
        assert_ne!(logged, log_id("clients/acme-corp-2"), "two documents are told apart");
        let hostile = log_id("ann@example.com\n\u{202e}/drops");
        assert!(hostile.ends_with("/drops") && !hostile.contains(['@', '\n', '\u{202e}']), "{hostile}");
    }
}
