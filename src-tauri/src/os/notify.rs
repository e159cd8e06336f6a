//! The system's notifications, while the user does not see the window. The system keeps them and shows them on locked
//! screens, so they contain a matter's number and counts: never a client's name, never a file's.

use std::thread;

use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Manager};
use vault_desk::{Phase, Work, WorkKind, WorkResult};

use crate::os::window;
use crate::shell::Shell;
use crate::text::Texts;
use crate::views::WindowEvent;

/// The content of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    title: String,
    body: String,
}

/// Notifies the user of the end of a work, or that it waits for them, if they want this and do not see the window.
pub(crate) fn say(app: &AppHandle, work: &Work) {
    let shell = app.state::<Shell>();
    if shell.is_looked_at() || !shell.settings().chosen().notify {
        return;
    }
    let (app, work, texts) = (app.clone(), work.clone(), shell.texts());
    tauri::async_runtime::spawn(async move {
        let matter = number_of(&app, &work).await;
        if let Some(words) = words(texts, &work, matter.as_deref()) {
            // Shown on a thread of its own, which waits for the answer.
            thread::spawn(move || show(&app, texts, &words, &work));
        }
    });
}

async fn number_of(app: &AppHandle, work: &Work) -> Option<String> {
    let open = app.state::<Shell>().inner().opened()?;
    let found = open.vault.mirror.find_matter(work.matter.as_ref()?.as_str()).await.ok().flatten()?;
    Some(found.matter.fields.number).filter(|number| !number.is_empty())
}

fn show(app: &AppHandle, texts: &dyn Texts, words: &Words, work: &Work) {
    let mut notification = Notification::new();
    notification.appname("Strongroom").summary(&words.title).body(&words.body).action("default", texts.open());
    #[cfg(target_os = "linux")]
    notification.icon("strongroom-desktop");
    #[cfg(windows)]
    if !tauri::is_dev() {
        notification.app_id(&app.config().identifier);
    }
    #[cfg(target_os = "macos")]
    let _ = notify_rust::set_application(&app.config().identifier);
    // A desktop may have no notifications: the window shows the same.
    let Ok(shown) = notification.show() else { return };
    let (app, id) = (app.clone(), work.id.to_string());
    let _ = shown.wait_for_response(move |response: &NotificationResponse| {
        if response.is_default_action() {
            window::bring_forward(&app);
            app.state::<Shell>().page.tell(WindowEvent::Show { work: id.clone() });
        }
    });
}

/// The notification for a work; none while it is just running, or if the user cancelled it.
fn words(texts: &dyn Texts, work: &Work, matter: Option<&str>) -> Option<Words> {
    let (done, attention) = (work.result.unwrap_or_default(), work.attention);
    let see_why = || texts.see_why().to_owned();
    let (title, body) = match (work.kind, work.phase) {
        (WorkKind::Drop, Phase::Ready) => {
            let counts = work.preflight.map(|planned| (planned.counts.found, planned.counts.new));
            (texts.ready(matter), texts.ready_to_file(counts))
        }
        // They are retried automatically, again and again.
        (WorkKind::Drop, Phase::Held) if work.only_later_is_left() => return None,
        (WorkKind::Drop, Phase::Held) => (texts.filing_held(matter), see_why()),
        (WorkKind::Drop, Phase::Finished) => (texts.filed(matter), texts.filed_what(done, attention)),
        (WorkKind::Restore, Phase::Finished) => (texts.restored().to_owned(), texts.restored_what(done, attention)),
        (WorkKind::Verify, Phase::Finished) => (texts.checked().to_owned(), checked(texts, done, attention)),
        (WorkKind::Drop, Phase::Failed) => (texts.filing_failed(matter), see_why()),
        (WorkKind::Restore, Phase::Failed) => (texts.restore_failed().to_owned(), see_why()),
        (WorkKind::Verify, Phase::Failed) => (texts.check_failed().to_owned(), see_why()),
        _ => return None,
    };
    Some(Words { title, body })
}

fn checked(texts: &dyn Texts, done: WorkResult, attention: u64) -> String {
    if attention == 0 && done.failed == 0 {
        // A check reads the stored contents, which several documents may share.
        texts.all_intact(done.stored)
    } else {
        texts.not_as_filed(done.failed.max(attention))
    }
}

#[cfg(test)]
mod tests {
    use vault_core::model::{DropId, MatterId, Timestamp};

    use super::*;
    use crate::text;
    use crate::views::Language;

    fn words(work: &Work, matter: Option<&str>) -> Option<Words> {
        super::words(text::texts(Language::En), work, matter)
    }

    fn work(kind: WorkKind, phase: Phase) -> Work {
        Work {
            id: DropId::from_bytes([7; 16]).into(),
            kind,
            matter: Some(MatterId::general()),
            names: vec!["Miller divorce".into()],
            started: Timestamp(0),
            phase,
            files: 0,
            files_done: 0,
            bytes: 0,
            bytes_done: 0,
            rate: None,
            seconds_left: None,
            preflight: None,
            result: Some(WorkResult {
                stored: 1950,
                already: 332,
                failed: 3,
                cancelled: 0,
                left_out: 2,
                documents: 0,
                bytes: 1,
            }),
            later: 0,
            attention: 3,
            reason: Some("“Miller.pdf” is open in Word.".into()),
        }
    }

    #[test]
    fn a_drop_that_is_done_says_its_numbers() {
        let words = words(&work(WorkKind::Drop, Phase::Finished), Some("2024-001")).unwrap();
        assert_eq!(words.title, "Filed to matter 2024-001");
        assert_eq!(words.body, "1,950 files stored, 332 already in the vault. 3 files need you.");
    }

    #[test]
    fn it_says_them_in_the_language_of_the_window() {
        let german = |work: &Work| super::words(text::texts(Language::De), work, Some("2024-001")).unwrap();
        let words = german(&work(WorkKind::Drop, Phase::Finished));
        assert_eq!(words.title, "Abgelegt in Akte 2024-001");
        assert_eq!(
            words.body,
            "1.950 Dateien gespeichert, 332 schon im Tresor. 3 Dateien brauchen Ihre Aufmerksamkeit."
        );
        for kind in [WorkKind::Drop, WorkKind::Restore, WorkKind::Verify] {
            for phase in [Phase::Ready, Phase::Held, Phase::Finished, Phase::Failed] {
                let of = |language| super::words(text::texts(language), &work(kind, phase), None);
                if let (Some(english), Some(german)) = (of(Language::En), of(Language::De)) {
                    assert!(english.title != german.title && english.body != german.body, "{english:?} {german:?}");
                }
            }
        }
    }

    #[test]
    fn no_name_of_a_client_or_a_file_is_said() {
        for kind in [WorkKind::Drop, WorkKind::Restore, WorkKind::Verify] {
            for phase in [Phase::Ready, Phase::Held, Phase::Finished, Phase::Failed] {
                if let Some(words) = words(&work(kind, phase), None) {
                    assert!(!format!("{words:?}").contains("Miller"), "{words:?}");
                }
            }
        }
    }

    #[test]
    fn what_goes_on_by_itself_or_was_given_up_is_not_said() {
        for phase in [Phase::Reading, Phase::InLine, Phase::Running, Phase::Paused, Phase::Cancelled] {
            assert_eq!(words(&work(WorkKind::Drop, phase), None), None, "{phase:?}");
        }
    }

    #[test]
    fn what_waits_by_itself_calls_nobody() {
        let held = Work { files: 10, files_done: 9, later: 1, ..work(WorkKind::Drop, Phase::Held) };
        assert_eq!(words(&held, None), None);
        assert!(words(&Work { files_done: 4, ..held }, None).is_some(), "the rest does not go on");
    }

    #[test]
    fn a_check_says_whether_all_is_well() {
        let fault = work(WorkKind::Verify, Phase::Finished);
        assert_eq!(words(&fault, None).unwrap().body, "3 files not as filed. Open Strongroom to see which.");
        let sound = Work { attention: 0, result: Some(WorkResult { stored: 1, ..WorkResult::default() }), ..fault };
        assert_eq!(words(&sound, None).unwrap().body, "1 content checked: everything is there, as it was filed.");
    }
}
