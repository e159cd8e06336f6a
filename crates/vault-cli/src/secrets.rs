//! Where sessions are stored: in the keychain or, where there is none, in a file sealed with a passphrase. A command
//! ends, so a session kept in its memory is of no use to the next one.

use std::env;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vault_core::ports::Secrets;
use vault_core::{SystemFault, text_file};
use vault_home::Home;
use vault_keychain::{Keychain, KeychainWithFallback, SealedFile};

use crate::errors::{Code, Failure};

/// The file, in the folder of the vault.
const FILE: &str = "session.sealed";

/// The environment variable for the passphrase.
const VARIABLE: &str = "STRONGROOM_PASSPHRASE";

/// The minimum length of a new passphrase.
const FEWEST: usize = 8;

/// More than any passphrase file has.
const MOST_BYTES: u64 = 64 * 1024;

/// The purpose of a passphrase.
const PROTECTS: &str = "Strongroom can use no keychain on this computer. It keeps your sign-in in a file, sealed by a \
                        passphrase that you choose. Anyone who has the file and the passphrase can work in your name. Every \
                        command that works in the firm's vault asks for the passphrase.";

/// Where sessions are stored on this computer.
pub(crate) struct Keeper<'a> {
    file: PathBuf,
    passphrase_file: Option<&'a Path>,
}

/// Where the session of a user who signs in is to be stored.
pub(crate) struct Place {
    pub(crate) secrets: Arc<dyn Secrets>,
    /// Its name in JSON.
    pub(crate) kind: &'static str,
}

impl<'a> Keeper<'a> {
    pub(crate) fn of(home: &Home, passphrase_file: Option<&'a Path>) -> Self {
        Self { file: home.folder().join(FILE), passphrase_file }
    }

    /// Where the session for a command is stored.
    ///
    /// # Errors
    /// [`Code::SignIn`] if it is sealed, and there is no passphrase that opens it.
    pub(crate) async fn find(&self) -> Result<Arc<dyn Secrets>, Failure> {
        if !self.file.exists() {
            return Ok(Arc::new(KeychainWithFallback::over(Keychain::new())));
        }
        let passphrase = match self.given()? {
            Some(passphrase) => passphrase,
            None if can_ask() => ask("Passphrase: ")?,
            None => {
                return Err(Failure::new(
                    Code::SignIn,
                    format!(
                        "Your sign-in on this computer is sealed by a passphrase ({}). Provide it in {VARIABLE}, or in a \
                         file: --passphrase-file FILE.",
                        self.file.display()
                    ),
                ));
            }
        };
        self.unlocked(passphrase).await
    }

    /// Where the session of a user who is about to sign in is to be stored. This is decided before, so that signing in
    /// is not in vain.
    ///
    /// # Errors
    /// [`Code::SignIn`] if it cannot be stored anywhere.
    pub(crate) async fn choose(&self) -> Result<Place, Failure> {
        if let Some(passphrase) = self.given()? {
            if !self.file.exists() {
                long_enough(&passphrase)?;
            }
            return Ok(Place { secrets: self.unlocked(passphrase).await?, kind: "file" });
        }
        if self.file.exists() {
            return Ok(Place { secrets: self.find().await?, kind: "file" });
        }
        let keychain = Keychain::new();
        if keychain.is_there().await {
            return Ok(Place { secrets: Arc::new(KeychainWithFallback::over(keychain)), kind: "keychain" });
        }
        if !can_ask() {
            return Err(Failure::new(
                Code::SignIn,
                format!(
                    "This computer has no keychain that Strongroom can use, so the next command would not find the \
                     session. Choose a passphrase that seals it in a file, and provide it to this and every further \
                     command: in {VARIABLE}, or in a separate file: --passphrase-file FILE. Nobody was signed in."
                ),
            ));
        }
        Ok(Place { secrets: self.unlocked(new_passphrase()?).await?, kind: "file" })
    }

    async fn unlocked(&self, passphrase: String) -> Result<Arc<dyn Secrets>, Failure> {
        let sealed = SealedFile::at(self.file.clone(), passphrase);
        sealed.unlock().await?;
        Ok(Arc::new(sealed))
    }

    /// The passphrase given with the command, if any.
    fn given(&self) -> Result<Option<String>, Failure> {
        let Some(file) = self.passphrase_file else {
            return match env::var(VARIABLE) {
                Ok(passphrase) => Ok(Some(passphrase).filter(|passphrase| !passphrase.is_empty())),
                Err(env::VarError::NotPresent) => Ok(None),
                Err(env::VarError::NotUnicode(_)) => {
                    Err(Failure::new(Code::Usage, format!("{VARIABLE} is not valid UTF-8.")))
                }
            };
        };
        let shown = file.display();
        let bytes = read(file).map_err(|error| {
            let fault = SystemFault::of(&error);
            Failure::not_found(format!("The passphrase could not be read from “{shown}”: {fault}. {}", fault.help()))
        })?;
        let text = text_file::decode(&bytes)
            .map_err(|error| Failure::new(Code::Usage, format!("“{shown}” contains no passphrase: {error}.")))?;
        match text.lines().next().filter(|line| !line.is_empty()) {
            Some(line) => Ok(Some(line.to_owned())),
            None => {
                Err(Failure::new(Code::Usage, format!("“{shown}” contains no passphrase: its first line is empty.")))
            }
        }
    }
}

/// A pipe is read, too, unlike one in the place of a list or a connection: password managers provide passphrases that
/// way (`--passphrase-file <(pass show strongroom)`).
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(fs::File::open(file)?, MOST_BYTES), &mut bytes)?;
    Ok(bytes)
}

/// Whether there is a user to ask.
fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn ask(question: &str) -> Result<String, Failure> {
    rpassword::prompt_password(question).map_err(|error| {
        let fault = SystemFault::of(&error);
        Failure::new(Code::SignIn, format!("Could not prompt for the passphrase: {fault}."))
    })
}

fn new_passphrase() -> Result<String, Failure> {
    let passphrase = ask(&format!("{PROTECTS}\nA new passphrase: "))?;
    long_enough(&passphrase)?;
    if ask("Repeat it: ")? == passphrase {
        Ok(passphrase)
    } else {
        Err(Failure::new(Code::Usage, "The two passphrases differ. Nobody was signed in."))
    }
}

fn long_enough(passphrase: &str) -> Result<(), Failure> {
    if passphrase.chars().count() >= FEWEST {
        return Ok(());
    }
    Err(Failure::new(
        Code::Usage,
        format!("A passphrase needs {FEWEST} characters or more; a few words are best. Nobody was signed in."),
    ))
}
