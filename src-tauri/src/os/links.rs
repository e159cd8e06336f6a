//! Files and links the system opens with this program: connection files, and `strongroom://connect` links.

use std::path::Path;

use tauri::{AppHandle, Manager};
use vault_firm::Connection;

use crate::firms;
use crate::os::window;
use crate::shell::{Shell, on_a_thread};
use crate::views::{Refusal, WindowEvent};

const SCHEME: &str = "strongroom:";

/// Shows the connection in these arguments of a start, if there is one.
pub(crate) fn open(app: &AppHandle, arguments: impl IntoIterator<Item = String>, folder: &Path) {
    let wanted =
        arguments.into_iter().find(|argument| is_link(argument) || firms::is_connection_file(&folder.join(argument)));
    let Some(wanted) = wanted else { return };
    let (app, folder) = (app.clone(), folder.to_owned());
    tauri::async_runtime::spawn(async move {
        let read = on_a_thread(move || read(&wanted, &folder)).await.and_then(|read| read);
        let shell = app.state::<Shell>();
        match read.and_then(|connection| shell.offer_connection(connection)) {
            Ok(offer) => shell.page.tell_surely(WindowEvent::Connection { offer }),
            Err(refusal) => shell.page.tell_surely(WindowEvent::notice(refusal.message)),
        }
        window::bring_forward(&app);
    });
}

fn is_link(argument: &str) -> bool {
    argument.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
}

fn read(wanted: &str, folder: &Path) -> Result<Connection, Refusal> {
    if is_link(wanted) { Ok(Connection::from_link(wanted)?) } else { firms::read(&folder.join(wanted)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_files_are_distinguished_from_other_arguments() {
        for link in ["strongroom://connect?projectId=x", "STRONGROOM://connect", "strongroom:"] {
            assert!(is_link(link), "{link}");
        }
        for other in ["", "strongroom", "/home/x/strongroom:y", "--flag", "https://example.org", "strongröom:"] {
            assert!(!is_link(other), "{other}");
        }
    }

    #[test]
    fn an_invalid_connection_is_refused_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firm.strongroom");
        std::fs::write(&file, "not json").unwrap();
        assert!(firms::is_connection_file(&file));
        for wanted in ["firm.strongroom", "gone.strongroom", "strongroom://elsewhere", "strongroom://connect?a=b"] {
            let refusal = read(wanted, folder.path()).unwrap_err();
            assert!(refusal.message.ends_with('.'), "{}", refusal.message);
        }
    }
}
