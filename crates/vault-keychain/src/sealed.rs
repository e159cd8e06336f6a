//! Secrets in a file that a passphrase seals, for computers without a keychain.
//!
//! The key is derived from the passphrase by Argon2id (RFC 9106, with the parameters recommended for little memory);
//! the secrets are sealed with it by ChaCha20-Poly1305 (RFC 8439). The derivation parameters are stored in the file, so
//! that a later version can raise them; they are authenticated, too.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use vault_core::durable::write_whole;
use vault_core::ports::{Attention, PortError, Secrets};
use vault_core::{SystemFault, private, small_file};

/// The version of the file format.
const VERSION: u32 = 1;

/// Memory for deriving the key, in KiB.
const MEMORY: u32 = 64 * 1024;

/// Number of passes over that memory.
const PASSES: u32 = 3;

/// Upper limits that a file may request: memory in KiB, and passes.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;

const SALT: usize = 16;
const KEY: usize = 32;

/// [`Secrets`] in a user's own file, sealed by a passphrase.
///
/// All operations fail with `SignIn` if the passphrase does not open the file, or the file is damaged: a new sign-in
/// creates another.
pub struct SealedFile {
    file: PathBuf,
    passphrase: String,
    key: Mutex<Option<(Made, LessSafeKey)>>,
}

/// Parameters of the key derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    memory: u32,
    passes: u32,
    salt: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct OnDisk {
    version: u32,
    key: Made,
    nonce: String,
    sealed: String,
}

type Contents = BTreeMap<String, String>;

impl SealedFile {
    /// The file at this path, which need not exist yet.
    pub fn at(file: PathBuf, passphrase: String) -> Self {
        Self { file, passphrase, key: Mutex::default() }
    }

    /// Checks that the passphrase opens the file, if it exists.
    ///
    /// # Errors
    /// As for all operations.
    pub async fn unlock(&self) -> Result<(), PortError> {
        self.read().await.map(drop)
    }

    async fn read(&self) -> Result<Contents, PortError> {
        let bytes = match small_file::read(&self.file, small_file::LIST) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Contents::new()),
            Err(error) => return Err(self.fault("read", &error)),
        };
        let OnDisk { version, key: made, nonce, sealed } =
            serde_json::from_slice(&bytes).map_err(|_| self.damaged("is damaged"))?;
        if version != VERSION || made.memory > MOST_MEMORY || made.passes > MOST_PASSES {
            return Err(self.damaged("was made by a newer version of Strongroom"));
        }
        let decoded = (BASE64.decode(nonce), BASE64.decode(sealed));
        let (Ok(nonce), Ok(mut sealed)) = decoded else { return Err(self.damaged("is damaged")) };
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| self.damaged("is damaged"))?;
        let about = Aad::from(made.about());
        let key = self.key_of(made).await?;
        let (_, key) = key.as_ref().ok_or_else(|| self.damaged("is damaged"))?;
        let open = key.open_in_place(nonce, about, &mut sealed).map_err(|_| self.shut())?;
        serde_json::from_slice(open).map_err(|_| self.damaged("is damaged"))
    }

    /// Writes the file atomically; removes it if there is nothing left to store.
    async fn write(&self, contents: &Contents) -> Result<(), PortError> {
        if contents.is_empty() {
            return match fs::remove_file(&self.file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.fault("remove", &error)),
                _ => Ok(()),
            };
        }
        let kept = self.key.lock().await.as_ref().map(|(made, _)| made.clone());
        let made = match kept {
            Some(made) => made,
            None => Made { memory: MEMORY, passes: PASSES, salt: BASE64.encode(random::<SALT>()?) },
        };
        let (nonce, about) = (random::<NONCE_LEN>()?, Aad::from(made.about()));
        let mut sealed = serde_json::to_vec(contents).map_err(|_| no_chance())?;
        let key = self.key_of(made.clone()).await?;
        let (_, key) = key.as_ref().ok_or_else(no_chance)?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about, &mut sealed)
            .map_err(|_| no_chance())?;
        let (nonce, sealed) = (BASE64.encode(nonce), BASE64.encode(sealed));
        let file = serde_json::to_vec_pretty(&OnDisk { version: VERSION, key: made, nonce, sealed });
        write_whole(&self.file, &file.map_err(|_| no_chance())?).map_err(|error| self.fault("write", &error))
    }

    /// The key for these parameters: derived once, because that is slow.
    async fn key_of(&self, made: Made) -> Result<tokio::sync::MutexGuard<'_, Option<(Made, LessSafeKey)>>, PortError> {
        let mut kept = self.key.lock().await;
        if kept.as_ref().is_none_or(|(before, _)| *before != made) {
            let (passphrase, how) = (self.passphrase.clone(), made.clone());
            let key = tokio::task::spawn_blocking(move || how.key(&passphrase)).await.ok().flatten();
            *kept = Some((made, key.ok_or_else(|| self.damaged("is damaged"))?));
        }
        Ok(kept)
    }

    /// Changes the stored secrets. A lock between processes prevents lost changes.
    async fn change(&self, change: impl FnOnce(&mut Contents) -> bool) -> Result<(), PortError> {
        let file = self.file.with_extension("lock");
        let lock = tokio::task::spawn_blocking(move || {
            let lock = private::file(&file)?;
            lock.lock().map(|()| lock)
        });
        let lock = lock.await.map_err(|error| PortError::later(error.to_string()))?;
        let _alone = lock.map_err(|error| self.fault("write", &error))?;
        let mut contents = self.read().await?;
        if change(&mut contents) { self.write(&contents).await } else { Ok(()) }
    }

    fn shut(&self) -> PortError {
        sign_in(format!(
            "This passphrase does not open {}, where this computer keeps who is signed in. Give the one that was chosen at \
             `strongroom login`; if nobody knows it any more, remove that file and sign in again.",
            self.file.display()
        ))
    }

    fn damaged(&self, how: &str) -> PortError {
        sign_in(format!(
            "{}, where this computer keeps who is signed in, {how}. Remove it, then sign in again.",
            self.file.display()
        ))
    }

    fn fault(&self, what: &str, error: &io::Error) -> PortError {
        let (file, fault) = (self.file.display(), SystemFault::of(error));
        sign_in(format!(
            "Could not {what} {file}, where this computer keeps who is signed in: {fault}. {}",
            fault.help()
        ))
    }
}

impl Made {
    /// The authenticated data: prevents an attacker from weakening the derivation.
    fn about(&self) -> Vec<u8> {
        format!("strongroom secrets {VERSION} {} {} {}", self.memory, self.passes, self.salt).into_bytes()
    }

    fn key(&self, passphrase: &str) -> Option<LessSafeKey> {
        let params = Params::new(self.memory, self.passes, 1, Some(KEY)).ok()?;
        let salt = BASE64.decode(&self.salt).ok()?;
        let mut key = [0; KEY];
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password_into(passphrase.as_bytes(), &salt, &mut key).ok()?;
        Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).ok()?))
    }
}

fn sign_in(message: String) -> PortError {
    PortError::NeedsPerson { kind: Attention::SignIn, message }
}

fn no_chance() -> PortError {
    PortError::later("This computer gives no random numbers to seal the session with.")
}

fn random<const N: usize>() -> Result<[u8; N], PortError> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| no_chance())?;
    Ok(bytes)
}

#[async_trait]
impl Secrets for SealedFile {
    async fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        Ok(self.read().await?.remove(name))
    }

    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError> {
        self.change(|contents| contents.insert(name.to_owned(), secret.to_owned()).as_deref() != Some(secret)).await
    }

    async fn remove(&self, name: &str) -> Result<(), PortError> {
        self.change(|contents| contents.remove(name).is_some()).await
    }
}
