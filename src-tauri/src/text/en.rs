//! The shell's texts in English.

use vault_jobs::filing::FilingResult;
use vault_jobs::restore::RestoreResult;

use super::Texts;

pub(super) struct English;

impl Texts for English {
    fn choose_files(&self) -> &'static str {
        "Choose files"
    }

    fn choose_folders(&self) -> &'static str {
        "Choose folders"
    }

    fn locate_file(&self) -> &'static str {
        "Choose the file"
    }

    fn locate_folder(&self) -> &'static str {
        "Choose the folder the files are in now"
    }

    fn choose_destination(&self) -> &'static str {
        "Choose a folder to restore to"
    }

    fn choose_vault_folder(&self) -> &'static str {
        "Choose a folder for the vault"
    }

    fn choose_connection(&self) -> &'static str {
        "Choose your firm's connection file"
    }

    fn connection_files(&self) -> &'static str {
        "Connection files"
    }

    fn open_window(&self) -> &'static str {
        "Open Strongroom"
    }

    fn pause_filing(&self) -> &'static str {
        "Pause filing"
    }

    fn resume_filing(&self) -> &'static str {
        "Resume filing"
    }

    fn quit(&self) -> &'static str {
        "Quit Strongroom"
    }

    fn open(&self) -> &'static str {
        "Open"
    }

    fn ready(&self, matter: Option<&str>) -> String {
        format!("Ready to file to {}", place(matter))
    }

    fn ready_to_file(&self, found_and_new: Option<(u64, u64)>) -> String {
        match found_and_new {
            Some((found, new)) => {
                format!("{} found, {} new. Open Strongroom to file them.", files(found), number(new))
            }
            None => "Its folders are read. Open Strongroom to file them.".to_owned(),
        }
    }

    fn filing_held(&self, matter: Option<&str>) -> String {
        format!("Filing to {} is paused", place(matter))
    }

    fn filed(&self, matter: Option<&str>) -> String {
        format!("Filed to {}", place(matter))
    }

    fn filing_failed(&self, matter: Option<&str>) -> String {
        format!("Filing to {} stopped", place(matter))
    }

    fn filed_what(&self, done: FilingResult, attention: u64) -> String {
        format!("{} stored, {} already in the vault.{}", files(done.stored), number(done.already), needs(attention))
    }

    fn restored(&self) -> &'static str {
        "Restored"
    }

    fn restore_failed(&self) -> &'static str {
        "Restoring stopped"
    }

    fn restored_what(&self, done: RestoreResult, attention: u64) -> String {
        format!("{} written, {} there already.{}", files(done.restored), number(done.already), needs(attention))
    }

    fn checked(&self) -> &'static str {
        "Checked"
    }

    fn check_failed(&self) -> &'static str {
        "Checking stopped"
    }

    fn all_intact(&self, contents: u64) -> String {
        let contents = if contents == 1 { "1 content".to_owned() } else { format!("{} contents", number(contents)) };
        format!("{contents} checked: everything is there, as it was filed.")
    }

    fn not_as_filed(&self, count: u64) -> String {
        format!("{} not as filed. Open Strongroom to see which.", files(count))
    }

    fn see_why(&self) -> &'static str {
        "Open Strongroom to see why."
    }
}

fn place(matter: Option<&str>) -> String {
    matter.map_or_else(|| "the vault".to_owned(), |number| format!("matter {number}"))
}

fn needs(attention: u64) -> String {
    match attention {
        0 => String::new(),
        1 => " 1 file needs you.".to_owned(),
        many => format!(" {} files need you.", number(many)),
    }
}

fn files(count: u64) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{} files", number(count)) }
}

fn number(count: u64) -> String {
    super::grouped(count, ',')
}
