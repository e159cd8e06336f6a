//! The shell's texts in German.

use vault_jobs::filing::FilingResult;
use vault_jobs::restore::RestoreResult;

use super::Texts;

pub(super) struct German;

impl Texts for German {
    fn choose_files(&self) -> &'static str {
        "Dateien auswählen"
    }

    fn choose_folders(&self) -> &'static str {
        "Ordner auswählen"
    }

    fn locate_file(&self) -> &'static str {
        "Datei auswählen"
    }

    fn locate_folder(&self) -> &'static str {
        "Ordner auswählen, in dem die Dateien jetzt liegen"
    }

    fn choose_destination(&self) -> &'static str {
        "Zielordner für die Wiederherstellung auswählen"
    }

    fn choose_vault_folder(&self) -> &'static str {
        "Ordner für den Tresor auswählen"
    }

    fn choose_connection(&self) -> &'static str {
        "Verbindungsdatei Ihrer Kanzlei auswählen"
    }

    fn connection_files(&self) -> &'static str {
        "Verbindungsdateien"
    }

    fn open_window(&self) -> &'static str {
        "Strongroom öffnen"
    }

    fn pause_filing(&self) -> &'static str {
        "Ablegen anhalten"
    }

    fn resume_filing(&self) -> &'static str {
        "Ablegen fortsetzen"
    }

    fn quit(&self) -> &'static str {
        "Strongroom beenden"
    }

    fn open(&self) -> &'static str {
        "Öffnen"
    }

    fn ready(&self, matter: Option<&str>) -> String {
        format!("Bereit zum Ablegen {}", place(matter))
    }

    fn ready_to_file(&self, found_and_new: Option<(u64, u64)>) -> String {
        match found_and_new {
            Some((found, new)) => {
                let (found, new) = (files(found), number(new));
                format!("{found} gefunden, davon {new} neu. Öffnen Sie Strongroom, um sie abzulegen.")
            }
            None => "Die Ordner sind gelesen. Öffnen Sie Strongroom, um sie abzulegen.".to_owned(),
        }
    }

    fn filing_held(&self, matter: Option<&str>) -> String {
        format!("Das Ablegen {} wartet", place(matter))
    }

    fn filed(&self, matter: Option<&str>) -> String {
        format!("Abgelegt {}", place(matter))
    }

    fn filing_failed(&self, matter: Option<&str>) -> String {
        format!("Ablegen {} nicht abgeschlossen", place(matter))
    }

    fn filed_what(&self, done: FilingResult, attention: u64) -> String {
        format!("{} gespeichert, {} schon im Tresor.{}", files(done.stored), number(done.already), needs(attention))
    }

    fn restored(&self) -> &'static str {
        "Wiederhergestellt"
    }

    fn restore_failed(&self) -> &'static str {
        "Wiederherstellung nicht abgeschlossen"
    }

    fn restored_what(&self, done: RestoreResult, attention: u64) -> String {
        format!("{} geschrieben, {} schon vorhanden.{}", files(done.restored), number(done.already), needs(attention))
    }

    fn checked(&self) -> &'static str {
        "Tresor geprüft"
    }

    fn check_failed(&self) -> &'static str {
        "Prüfung nicht abgeschlossen"
    }

    fn all_intact(&self, contents: u64) -> String {
        let contents = if contents == 1 { "1 Inhalt".to_owned() } else { format!("{} Inhalte", number(contents)) };
        format!("{contents} geprüft: Alles ist vorhanden und seit dem Ablegen unverändert.")
    }

    fn not_as_filed(&self, count: u64) -> String {
        let are = if count == 1 { "entspricht" } else { "entsprechen" };
        let files = files(count);
        format!("{files} {are} nicht mehr dem, was abgelegt wurde. Öffnen Sie Strongroom für die Einzelheiten.")
    }

    fn see_why(&self) -> &'static str {
        "Öffnen Sie Strongroom, um den Grund zu sehen."
    }
}

fn place(matter: Option<&str>) -> String {
    matter.map_or_else(|| "im Tresor".to_owned(), |number| format!("in Akte {number}"))
}

fn needs(attention: u64) -> String {
    match attention {
        0 => String::new(),
        1 => " 1 Datei braucht Ihre Aufmerksamkeit.".to_owned(),
        many => format!(" {} Dateien brauchen Ihre Aufmerksamkeit.", number(many)),
    }
}

fn files(count: u64) -> String {
    if count == 1 { "1 Datei".to_owned() } else { format!("{} Dateien", number(count)) }
}

fn number(count: u64) -> String {
    super::grouped(count, '.')
}
