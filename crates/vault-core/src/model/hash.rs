//! The two hashes of the model, both SHA-256: of a file's content, and of its name, modification time and content.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::LastModified;

/// A text that is not a SHA-256 in the model's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a SHA-256 hash: 64 lower-case hexadecimal digits")]
pub struct InvalidHash(pub String);

macro_rules! sha256_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The 32 bytes, as databases keep them.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The hash whose 32 bytes these are.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut digits = [0_u8; 64];
                hex::encode_to_slice(self.0, &mut digits).map_err(|_| fmt::Error)?;
                f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = InvalidHash;
            /// Parses 64 lower-case hexadecimal digits, the only form.
            fn from_str(text: &str) -> Result<Self, InvalidHash> {
                let mut bytes = [0_u8; 32];
                let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
                match hex::decode_to_slice(text, &mut bytes) {
                    Ok(()) if lower => Ok(Self(bytes)),
                    _ => Err(InvalidHash(text.to_owned())),
                }
            }
        }
    };
}

sha256_type!(
    /// SHA-256 of a file's content.
    FileHash
);
sha256_type!(
    /// SHA-256 of `originalName|lastModified|fileHash` in UTF-8: the identity of a metadata record.
    MetadataHash
);

/// MD5 of a file's content. It is computed only to compare with an object that a storage already has and reports the
/// MD5 of. To replace known content by other bytes, an attacker would need a second preimage of the MD5, which is
/// infeasible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentMd5(pub [u8; 16]);

/// Hashes a file's content as it is read.
#[derive(Debug, Clone, Default)]
pub struct ContentHasher {
    sha256: Sha256,
}

impl ContentHasher {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
    }

    /// The hash of all bytes added.
    pub fn finish(self) -> FileHash {
        FileHash(self.sha256.finalize().into())
    }
}

impl FileHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl MetadataHash {
    /// The identity of the record of a file called `original_name`.
    pub fn of(original_name: &str, last_modified: LastModified, file_hash: FileHash) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(original_name.as_bytes());
        hasher.update(b"|");
        hasher.update(last_modified.0.to_string().as_bytes());
        hasher.update(b"|");
        hasher.update(file_hash.to_string().as_bytes());
        Self(hasher.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        // FIPS 180-4, and `printf 'a.pdf|-1|e3b0…b855' | sha256sum`.
        let empty = FileHash::of(b"");
        assert_eq!(empty.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let record = MetadataHash::of("a.pdf", LastModified(-1), empty);
        assert_eq!(record.to_string(), "26eb771d68262ef290446f4bbecf34cf71e658575398a2aeff966c9dbbc7687a");
    }

    #[test]
    fn only_the_models_form_is_a_hash() {
        let text = FileHash::of(b"x").to_string();
        assert_eq!(text.parse::<FileHash>(), Ok(FileHash::of(b"x")));
        assert!(text.to_uppercase().parse::<FileHash>().is_err());
        assert!(text[1..].parse::<FileHash>().is_err());
        assert!(format!("{text}0").parse::<FileHash>().is_err());
    }
}
