//! The texts that the shell itself shows: in the system's dialogs, in the tray menu and in notifications. The texts of
//! the page are in `ui/src/lib/text`.
//!
//! Each language implements [`Texts`], so a text that one language lacks does not compile.

mod de;
mod en;

use vault_jobs::filing::FilingResult;
use vault_jobs::restore::RestoreResult;

use crate::views::Language;

/// The texts of one language.
pub(crate) trait Texts: Sync {
    /// Title of the dialog that asks for files to drop.
    fn choose_files(&self) -> &'static str;
    /// Title of the dialog that asks for folders to drop.
    fn choose_folders(&self) -> &'static str;
    /// Title of the dialog that asks where a missing file is now.
    fn locate_file(&self) -> &'static str;
    /// Title of the dialog that asks in which folder missing files are now.
    fn locate_folder(&self) -> &'static str;
    /// Title of the dialog that asks for a folder to restore to.
    fn choose_destination(&self) -> &'static str;
    /// Title of the dialog that asks for the folder of the vault.
    fn choose_vault_folder(&self) -> &'static str;
    /// Title of the dialog that asks for a connection file.
    fn choose_connection(&self) -> &'static str;
    /// Name of the kind of files that dialog shows.
    fn connection_files(&self) -> &'static str;

    /// Menu item that shows the window.
    fn open_window(&self) -> &'static str;
    /// Menu item that pauses all work.
    fn pause_filing(&self) -> &'static str;
    /// Menu item that resumes all work.
    fn resume_filing(&self) -> &'static str;
    /// Menu item that ends the program.
    fn quit(&self) -> &'static str;

    /// Button of a notification that shows the window.
    fn open(&self) -> &'static str;
    /// Title: a drop was read and waits for the user. `matter` is the matter's number, if it has one.
    fn ready(&self, matter: Option<&str>) -> String;
    /// What was read: files that were found, and files with new content; none if that is not known.
    fn ready_to_file(&self, found_and_new: Option<(u64, u64)>) -> String;
    /// Title: a drop is on hold.
    fn filing_held(&self, matter: Option<&str>) -> String;
    /// Title: a drop was filed.
    fn filed(&self, matter: Option<&str>) -> String;
    /// Title: a drop failed.
    fn filing_failed(&self, matter: Option<&str>) -> String;
    /// What was filed, and how many files need attention.
    fn filed_what(&self, done: FilingResult, attention: u64) -> String;
    /// Title: a restore was completed.
    fn restored(&self) -> &'static str;
    /// Title: a restore failed.
    fn restore_failed(&self) -> &'static str;
    /// What was restored, and how many files need attention.
    fn restored_what(&self, done: RestoreResult, attention: u64) -> String;
    /// Title: a check was completed.
    fn checked(&self) -> &'static str;
    /// Title: a check failed.
    fn check_failed(&self) -> &'static str;
    /// A check found everything intact: the number of contents it read.
    fn all_intact(&self, contents: u64) -> String;
    /// A check found files that differ from what was filed.
    fn not_as_filed(&self, files: u64) -> String;
    /// Where the user finds the reason.
    fn see_why(&self) -> &'static str;
}

/// The texts in the language the user chose, or in that of the system.
pub(crate) fn texts(language: Language) -> &'static dyn Texts {
    match language {
        Language::En => &en::English,
        Language::De => &de::German,
        Language::System => preferred(sys_locale::get_locales()),
    }
}

/// The texts in the first of the user's languages that has any; English if none has.
fn preferred(locales: impl IntoIterator<Item = String>) -> &'static dyn Texts {
    for locale in locales {
        match locale.split('-').next() {
            Some("en") => return &en::English,
            Some("de") => return &de::German,
            _ => {}
        }
    }
    &en::English
}

/// A number in groups of three digits.
fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_the_language_of(locales: &[&str]) -> &'static str {
        preferred(locales.iter().map(|&locale| locale.to_owned())).open()
    }

    #[test]
    fn the_first_language_of_the_system_that_has_texts_is_used() {
        assert_eq!(in_the_language_of(&["de-AT", "en-GB"]), "Öffnen");
        assert_eq!(in_the_language_of(&["fr-FR", "de"]), "Öffnen");
        assert_eq!(in_the_language_of(&["en-US", "de-DE"]), "Open");
        for none in [&["C"][..], &["den-CA"], &[]] {
            assert_eq!(in_the_language_of(none), "Open", "{none:?}");
        }
    }

    #[test]
    fn the_choice_in_the_settings_comes_before_the_system() {
        assert_eq!(texts(Language::De).open(), "Öffnen");
        assert_eq!(texts(Language::En).open(), "Open");
    }

    #[test]
    fn digits_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number, ','), text);
        }
        assert_eq!(grouped(2284, '.'), "2.284");
    }

    /// The string literals in the part of a source file that is not a test, without those of log lines.
    fn literals(source: &'static str) -> impl Iterator<Item = &'static str> {
        let code = source.split_once("#[cfg(test)]\nmod tests").map_or(source, |(code, _)| code);
        let lines = code.lines().map(str::trim_start);
        lines
            .filter(|line| !line.starts_with("//") && !line.contains("tracing::"))
            .flat_map(|line| line.split('"').skip(1).step_by(2))
    }

    #[test]
    fn no_text_for_the_user_is_outside_the_catalogue() {
        for source in [
            include_str!("../os/close.rs"),
            include_str!("../os/dialogs.rs"),
            include_str!("../os/notify.rs"),
            include_str!("../os/tray.rs"),
        ] {
            let words: Vec<_> = literals(source)
                .filter(|text| *text != "Strongroom")
                .filter(|text| text.contains(' ') || text.starts_with(char::is_uppercase))
                .collect();
            assert!(words.is_empty(), "{words:?}");
        }
        assert_eq!(literals("say(\"A b\"); // \"c\"\n// \"d\"").next(), Some("A b"));
    }
}
