//! Sealed upload URLs. A URL is all that is needed to continue the upload, so it is protected like a token: the queue's
//! database holds it encrypted with a key from the keychain (ChaCha20-Poly1305, RFC 8439), bound to one object.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::sync::OnceCell;
use vault_core::ports::Secrets;

/// The length of a key.
const KEY: usize = 32;

/// Seals values stored outside the keychain.
pub struct Seal {
    /// Where its key is stored, and under which name.
    kept: Option<(Arc<dyn Secrets>, String)>,
    /// The key, once it was needed; `None` if the system has no random numbers.
    key: OnceCell<Option<LessSafeKey>>,
}

impl Seal {
    /// A seal whose key is stored under `name`. `secrets` are not accessed before the key is needed; if they cannot be
    /// read, the key lasts as long as this value.
    pub const fn kept_in(secrets: Arc<dyn Secrets>, name: String) -> Self {
        Self { kept: Some((secrets, name)), key: OnceCell::const_new() }
    }

    /// A seal with an ephemeral key.
    pub(crate) const fn ephemeral() -> Self {
        Self { kept: None, key: OnceCell::const_new() }
    }

    /// Seals `text` for the object at `path`; `None` if that fails.
    pub(crate) async fn seal(&self, text: &str, path: &str) -> Option<String> {
        let key = self.key().await?;
        let nonce: [u8; NONCE_LEN] = random()?;
        let mut sealed = text.as_bytes().to_vec();
        let aad = Aad::from(path.as_bytes());
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        Some(BASE64.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens text sealed for the object at `path`; `None` if it was sealed for another one or with another key.
    pub(crate) async fn open(&self, sealed: &str, path: &str) -> Option<String> {
        let sealed = BASE64.decode(sealed).ok()?;
        let (nonce, text) = sealed.split_first_chunk()?;
        let mut text = text.to_vec();
        let key = self.key().await?;
        let text =
            key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(path.as_bytes()), &mut text).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }

    async fn key(&self) -> Option<&LessSafeKey> {
        let make = async || {
            let bytes = match &self.kept {
                Some((secrets, name)) => kept(&**secrets, name).await.or_else(random)?,
                None => random()?,
            };
            UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok().map(LessSafeKey::new)
        };
        self.key.get_or_init(make).await.as_ref()
    }
}

/// The stored key, or a new one; `None` if none can be stored.
async fn kept(secrets: &dyn Secrets, name: &str) -> Option<[u8; KEY]> {
    let there = secrets.get(name).await.ok()?;
    if let Some(key) = there.and_then(|text| read(&text)) {
        return Some(key);
    }
    let new: [u8; KEY] = random()?;
    secrets.set(name, &BASE64.encode(new)).await.ok()?;
    // Another program may have created one at the same time.
    secrets.get(name).await.ok()?.and_then(|text| read(&text))
}

fn read(text: &str) -> Option<[u8; KEY]> {
    BASE64.decode(text).ok()?.try_into().ok()
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok().map(|()| bytes)
}

#[cfg(test)]
mod tests {
    use vault_core::ports::PortError;

    use super::*;
    use crate::MemorySecrets;

    const ADDRESS: &str =
        "https://firebasestorage.googleapis.com/v0/b/x/o?name=a&upload_id=ABPnzm&upload_protocol=resumable";
    const PATH: &str = "teams/t/matters/m/files/a.pdf";

    fn of(secrets: &Arc<MemorySecrets>) -> Seal {
        Seal::kept_in(secrets.clone(), "firm/upload-key".to_owned())
    }

    #[tokio::test]
    async fn a_sealed_text_is_opened_after_a_restart_and_reveals_nothing() {
        let secrets = Arc::new(MemorySecrets::default());
        let sealed = of(&secrets).seal(ADDRESS, PATH).await.unwrap();
        assert_eq!(of(&secrets).open(&sealed, PATH).await.as_deref(), Some(ADDRESS));
        let bytes = BASE64.decode(&sealed).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("upload"));
        // Sealing the same URL twice gives different texts.
        assert_ne!(of(&secrets).seal(ADDRESS, PATH).await.unwrap(), sealed);
    }

    #[tokio::test]
    async fn a_foreign_or_changed_seal_is_not_opened() {
        let secrets = Arc::new(MemorySecrets::default());
        let seal = of(&secrets);
        let sealed = seal.seal(ADDRESS, PATH).await.unwrap();
        assert_eq!(seal.open(&sealed, "teams/t/matters/m/files/b.pdf").await, None, "another object");
        assert_eq!(Seal::ephemeral().open(&sealed, PATH).await, None, "another key");
        for text in ["", "AAAA", ADDRESS, "not base64 at all!"] {
            assert_eq!(seal.open(text, PATH).await, None, "{text}");
        }
        let mut bytes = BASE64.decode(&sealed).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert_eq!(seal.open(&BASE64.encode(&bytes), PATH).await, None, "bit flipped in byte {at}");
            bytes[at] ^= 1;
        }
        secrets.remove("firm/upload-key").await.unwrap();
        assert_eq!(of(&secrets).open(&sealed, PATH).await, None, "a key that was discarded");
    }

    /// Other programs can write to the keychain: its content may be anything.
    #[tokio::test]
    async fn an_invalid_key_is_replaced() {
        let secrets = Arc::new(MemorySecrets::default());
        for text in ["", "short", "☃"] {
            secrets.set("firm/upload-key", text).await.unwrap();
            let sealed = of(&secrets).seal(ADDRESS, PATH).await.unwrap();
            assert_eq!(of(&secrets).open(&sealed, PATH).await.as_deref(), Some(ADDRESS));
        }
    }

    #[tokio::test]
    async fn without_a_keychain_the_key_lasts_as_long_as_the_program() {
        struct Locked;
        #[async_trait::async_trait]
        impl Secrets for Locked {
            async fn get(&self, _: &str) -> Result<Option<String>, PortError> {
                Err(PortError::later("The keychain is locked."))
            }
            async fn set(&self, _: &str, _: &str) -> Result<(), PortError> {
                panic!("an unreadable key is not overwritten")
            }
            async fn remove(&self, _: &str) -> Result<(), PortError> {
                Err(PortError::later("The keychain is locked."))
            }
        }
        let seal = Seal::kept_in(Arc::new(Locked), "key".to_owned());
        let sealed = seal.seal(ADDRESS, PATH).await.unwrap();
        assert_eq!(seal.open(&sealed, PATH).await.as_deref(), Some(ADDRESS));
    }
}
