//! The user's settings, stored in `settings.json` beside the other settings of programs.
//!
//! The file is read value by value: a missing or unknown value is replaced by its default, and values of a newer
//! version are kept. A file that is not JSON is set aside, never overwritten.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use vault_core::{SystemFault, small_file, text_file};

use crate::reason::WindowReason;
use crate::views::{Language, OnClose, Refusal, SettingsForm, Theme};

/// The version of the file format.
const VERSION: u64 = 1;

/// The settings, and where they are stored.
#[derive(Debug)]
pub(crate) struct Settings {
    file: PathBuf,
    values: Map<String, Value>,
}

/// Settings that were read, with a message for the user about reading them.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) settings: Settings,
    /// A sentence, if there is a message.
    pub(crate) notice: Option<String>,
}

impl Settings {
    /// Reads the settings in `folder`; the defaults, where there are none. Never fails: invalid colours must not keep
    /// the user from opening the vault.
    pub(crate) fn read(folder: &Path) -> Read {
        let file = folder.join("settings.json");
        let (values, notice) = match small_file::read(&file, small_file::LIST) {
            // Whichever editor the user corrected the file with.
            Ok(bytes) => match text_file::decode(&bytes).ok().and_then(|text| serde_json::from_str(&text).ok()) {
                Some(values) => (values, None),
                None => (Map::new(), Some(set_aside(&file))),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Map::new(), None),
            Err(error) => {
                let why = SystemFault::of(&error).could_not("read", &file);
                (Map::new(), Some(format!("{} {why}", WindowReason::SettingsAsAtFirst)))
            }
        };
        Read { settings: Self { file, values }, notice }
    }

    /// The settings that can be changed in the window.
    pub(crate) fn chosen(&self) -> SettingsForm {
        SettingsForm {
            file_at_once: self.get("fileAtOnce").unwrap_or(false),
            theme: self.get("theme").unwrap_or(Theme::System),
            language: self.get("language").unwrap_or(Language::System),
            notify: self.get("notify").unwrap_or(true),
            on_close: self.get("onClose").unwrap_or(OnClose::Ask),
            check_slowly: self.get("checkSlowly").unwrap_or(false),
            mark_restored: self.get("markRestored").unwrap_or(true),
        }
    }

    /// Stores the user's settings.
    ///
    /// # Errors
    /// [`Refusal`] if it cannot be written; then nothing has changed.
    pub(crate) fn choose(&mut self, form: &SettingsForm) -> Result<(), Refusal> {
        let SettingsForm { file_at_once, theme, language, notify, on_close, check_slowly, mark_restored } = form;
        self.write(&[
            ("fileAtOnce", value(file_at_once)),
            ("theme", value(theme)),
            ("language", value(language)),
            ("notify", value(notify)),
            ("onClose", value(on_close)),
            ("checkSlowly", value(check_slowly)),
            ("markRestored", value(mark_restored)),
        ])
    }

    /// Whether the user has left the first-start page.
    pub(crate) fn welcomed(&self) -> bool {
        self.get("welcomed").unwrap_or(false)
    }

    /// Records that the user has left the first-start page.
    ///
    /// # Errors
    /// As [`choose`](Self::choose).
    pub(crate) fn set_welcomed(&mut self) -> Result<(), Refusal> {
        if self.welcomed() { Ok(()) } else { self.write(&[("welcomed", Value::Bool(true))]) }
    }

    /// The folder the user chose for the vault; none for the default one.
    pub(crate) fn data_folder(&self) -> Option<PathBuf> {
        self.get::<String>("dataFolder").map(PathBuf::from).filter(|folder| folder.is_absolute())
    }

    /// Stores the folder the vault is opened in after the next start.
    ///
    /// # Errors
    /// As [`choose`](Self::choose), and for a path that is not Unicode.
    pub(crate) fn set_data_folder(&mut self, folder: &Path) -> Result<(), Refusal> {
        let text = folder.to_str().ok_or_else(|| {
            Refusal::invalid(WindowReason::FolderNameNotKept { folder: folder.display().to_string() })
        })?;
        self.write(&[("dataFolder", Value::from(text))])
    }

    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.values.get(key).and_then(|value| serde_json::from_value(value.clone()).ok())
    }

    fn write(&mut self, changed: &[(&str, Value)]) -> Result<(), Refusal> {
        let mut values = self.values.clone();
        values.extend(changed.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        // A newer version's number stays: its values are still there.
        let version = values.get("version").and_then(Value::as_u64).unwrap_or(VERSION).max(VERSION);
        values.insert("version".to_owned(), version.into());
        write_values(&self.file, &values).map_err(|error| {
            let why = SystemFault::of(&error).could_not("write", &self.file);
            Refusal::later(format!("{} {why}", WindowReason::SettingsNotKept))
        })?;
        self.values = values;
        Ok(())
    }
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// Writes the file, whole or not at all.
fn write_values(file: &Path, values: &Map<String, Value>) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut text = serde_json::to_vec_pretty(values)?;
    text.push(b'\n');
    vault_home::write_whole(file, &text)
}

/// Moves an unusable file out of the way, under a free name.
fn set_aside(file: &Path) -> String {
    let free = (1..100).map(|n| file.with_file_name(format!("settings-unreadable-{n}.json"))).find(|to| !to.exists());
    let shown = file.display();
    match free.map(|to| fs::rename(file, &to).map(|()| to)) {
        Some(Ok(to)) => {
            format!("Your settings could not be read and are as at first. The old file was kept as {}.", to.display())
        }
        _ => format!("Your settings in {shown} could not be read and are as at first."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(folder: &Path) -> Value {
        serde_json::from_slice(&fs::read(folder.join("settings.json")).unwrap()).unwrap()
    }

    #[test]
    fn a_setting_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::read(&folder.path().join("new")).settings;
        assert!(!settings.welcomed() && settings.data_folder().is_none());
        let form = SettingsForm {
            file_at_once: true,
            theme: Theme::Dark,
            language: Language::De,
            notify: false,
            on_close: OnClose::KeepFiling,
            check_slowly: true,
            mark_restored: false,
        };
        settings.choose(&form).unwrap();
        settings.set_welcomed().unwrap();
        settings.set_data_folder(folder.path()).unwrap();
        let Read { settings, notice } = Settings::read(&folder.path().join("new"));
        assert_eq!(settings.chosen(), form);
        assert!(settings.welcomed() && notice.is_none());
        assert_eq!(settings.data_folder().as_deref(), Some(folder.path()));
    }

    #[test]
    fn settings_of_a_newer_version_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let newer = r#"{"version": 7, "theme": "sepia", "density": {"rows": 3}, "notify": false}"#;
        fs::write(folder.path().join("settings.json"), newer).unwrap();
        let mut settings = Settings::read(folder.path()).settings;
        assert_eq!(settings.chosen().theme, Theme::System);
        assert!(!settings.chosen().notify);
        settings.set_welcomed().unwrap();
        let kept = kept(folder.path());
        assert_eq!(
            (&kept["version"], &kept["theme"], &kept["density"]["rows"]),
            (&7.into(), &"sepia".into(), &3.into())
        );
        assert_eq!(kept["welcomed"], true);
    }

    #[test]
    fn a_broken_file_is_set_aside_and_reported() {
        let folder = tempfile::tempdir().unwrap();
        for (round, broken) in ["{\"theme\": ", "[1, 2]"].into_iter().enumerate() {
            fs::write(folder.path().join("settings.json"), broken).unwrap();
            let Read { mut settings, notice } = Settings::read(folder.path());
            let aside = folder.path().join(format!("settings-unreadable-{}.json", round + 1));
            assert!(notice.unwrap().contains(&aside.display().to_string()));
            assert_eq!(fs::read_to_string(aside).unwrap(), broken);
            settings.set_welcomed().unwrap();
            assert!(Settings::read(folder.path()).settings.welcomed());
        }
    }

    #[test]
    fn settings_that_cannot_be_kept_are_not_changed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let mut settings = Settings::read(&folder.path().join("file").join("below")).settings;
        assert!(settings.set_welcomed().unwrap_err().message.contains("could not be kept"));
        assert!(!settings.welcomed());
    }

    #[test]
    fn a_relative_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.json"), r#"{"dataFolder": "somewhere"}"#).unwrap();
        assert_eq!(Settings::read(folder.path()).settings.data_folder(), None);
    }
}
