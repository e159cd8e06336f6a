//! The server's metadata of an object.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// The MD5 of some content, as Cloud Storage computes it.
pub(super) type Md5 = [u8; 16];

/// The parts of an object's metadata that are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) size: u64,
    /// Computed by the server from the bytes it has.
    pub(super) md5: Option<Md5>,
    /// Also computed by the server.
    pub(super) crc32c: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    size: String,
    md5_hash: Option<String>,
    crc32c: Option<String>,
}

impl Object {
    /// Reads the server's JSON; `None` if it is not an object's metadata.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let Wire { size, md5_hash, crc32c } = serde_json::from_slice(bytes).ok()?;
        let md5 = md5_hash.and_then(|text| STANDARD.decode(text).ok()?.try_into().ok());
        let crc32c = crc32c.and_then(|text| STANDARD.decode(text).ok()?.try_into().ok()).map(u32::from_be_bytes);
        Some(Self { size: size.parse().ok()?, md5, crc32c })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_server_response_is_parsed() {
        let body = br#"{"name": "a", "size": "3", "md5Hash": "kAFQmDzST7DWlj99KOF/cg==",
            "crc32c": "Nks/tw==", "downloadTokens": "secret",
            "metadata": {"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}"#;
        let object = Object::read(body).expect("object");
        assert_eq!(object.size, 3);
        assert_eq!(hex::encode(object.md5.expect("md5")), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(object.crc32c, Some(0x364b_3fb7));
        assert!(!format!("{object:?}").contains("secret"));
        assert_eq!(Object::read(br#"{"size": "-3"}"#), None);
    }

    proptest! {
        #[test]
        fn no_response_makes_the_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), size in ".{0,20}") {
            let _ = Object::read(&bytes);
            let _ = Object::read(serde_json::json!({ "size": size, "md5Hash": size }).to_string().as_bytes());
        }
    }
}
