//! The system's notifications, while the user does not see the window. The system keeps them and shows them on locked
//! screens, so they contain a matter's number and counts: never a client's name, never a file's.

use std::thread;

use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Manager};
use vault_jobs::verify::VerifyResult;
use vault_jobs::{JobKind, JobResult, JobStatus, Phase};

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

/// Notifies the user of the end of a job, or that it waits for them, if they want this and do not see the window.
pub(crate) fn say(app: &AppHandle, job: &JobStatus) {
    let shell = app.state::<Shell>();
    if shell.is_looked_at() || !shell.settings().chosen().notify {
        return;
    }
    let (app, job, texts) = (app.clone(), job.clone(), shell.texts());
    tauri::async_runtime::spawn(async move {
        let matter = number_of(&app, &job).await;
        if let Some(words) = words(texts, &job, matter.as_deref()) {
            // Shown on a thread of its own, which waits for the answer.
            thread::spawn(move || show(&app, texts, &words, &job));
        }
    });
}

async fn number_of(app: &AppHandle, job: &JobStatus) -> Option<String> {
    let open = app.state::<Shell>().inner().opened()?;
    let found = open.vault.mirror.find_matter(job.matter.as_ref()?.as_str()).await.ok().flatten()?;
    Some(found.matter.fields.number).filter(|number| !number.is_empty())
}

fn show(app: &AppHandle, texts: &dyn Texts, words: &Words, job: &JobStatus) {
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
    let (app, id) = (app.clone(), job.id.to_string());
    let _ = shown.wait_for_response(move |response: &NotificationResponse| {
        if response.is_default_action() {
            window::bring_forward(&app);
            app.state::<Shell>().page.tell(WindowEvent::Show { work: id.clone() });
        }
    });
}

/// The notification for a job; none while it is just running, or if the user cancelled it.
fn words(texts: &dyn Texts, job: &JobStatus, matter: Option<&str>) -> Option<Words> {
    let attention = job.attention;
    let see_why = || texts.see_why().to_owned();
    let (title, body) = match (job.kind, job.phase) {
        (_, Phase::Finished) => match job.result? {
            JobResult::Filing(done) => (texts.filed(matter), texts.filed_what(done, attention)),
            JobResult::Restore(done) => (texts.restored().to_owned(), texts.restored_what(done, attention)),
            JobResult::Verify(done) => (texts.checked().to_owned(), checked(texts, done, attention)),
        },
        (JobKind::Filing, Phase::Ready) => {
            let counts = job.preflight.map(|planned| (planned.counts.found, planned.counts.new));
            (texts.ready(matter), texts.ready_to_file(counts))
        }
        // They are retried automatically, again and again.
        (JobKind::Filing, Phase::Held) if job.only_later_is_left() => return None,
        (JobKind::Filing, Phase::Held) => (texts.filing_held(matter), see_why()),
        (kind, Phase::Failed) => {
            let title = match kind {
                JobKind::Filing => texts.filing_failed(matter),
                JobKind::Restore => texts.restore_failed().to_owned(),
                JobKind::Verify => texts.check_failed().to_owned(),
            };
            (title, see_why())
        }
        _ => return None,
    };
    Some(Words { title, body })
}

fn checked(texts: &dyn Texts, done: VerifyResult, attention: u64) -> String {
    if attention == 0 && done.failed() == 0 {
        // A check reads the stored contents, which several documents may share.
        texts.all_intact(done.sound)
    } else {
        texts.not_as_filed(done.failed().max(attention))
    }
}

#[cfg(test)]
mod tests {
    use vault_core::model::{DropId, MatterId, Timestamp};

    use vault_jobs::filing::FilingResult;
    use vault_jobs::restore::RestoreResult;

    use super::*;
    use crate::text;
    use crate::views::Language;

    fn words(job: &JobStatus, matter: Option<&str>) -> Option<Words> {
        super::words(text::texts(Language::En), job, matter)
    }

    fn job(kind: JobKind, phase: Phase) -> JobStatus {
        let result = match kind {
            JobKind::Filing => {
                FilingResult { stored: 1950, already: 332, failed: 3, cancelled: 0, left_out: 2, bytes: 1 }.into()
            }
            JobKind::Restore => {
                RestoreResult { restored: 1950, already: 332, failed: 3, documents: 9, bytes: 1 }.into()
            }
            JobKind::Verify => VerifyResult { sound: 1950, missing: 1, damaged: 2, bytes: 1 }.into(),
        };
        JobStatus {
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
            result: Some(result),
            later: 0,
            attention: 3,
            reason: Some("“Miller.pdf” is open in Word.".into()),
        }
    }

    #[test]
    fn a_finished_drop_reports_its_counts() {
        let words = words(&job(JobKind::Filing, Phase::Finished), Some("2024-001")).unwrap();
        assert_eq!(words.title, "Filed to matter 2024-001");
        assert_eq!(words.body, "1,950 files stored, 332 already in the vault. 3 files need you.");
    }

    #[test]
    fn a_notification_is_in_the_language_of_the_window() {
        let german = |job: &JobStatus| super::words(text::texts(Language::De), job, Some("2024-001")).unwrap();
        let words = german(&job(JobKind::Filing, Phase::Finished));
        assert_eq!(words.title, "Abgelegt in Akte 2024-001");
        assert_eq!(
            words.body,
            "1.950 Dateien gespeichert, 332 schon im Tresor. 3 Dateien brauchen Ihre Aufmerksamkeit."
        );
        for kind in [JobKind::Filing, JobKind::Restore, JobKind::Verify] {
            for phase in [Phase::Ready, Phase::Held, Phase::Finished, Phase::Failed] {
                let of = |language| super::words(text::texts(language), &job(kind, phase), None);
                if let (Some(english), Some(german)) = (of(Language::En), of(Language::De)) {
                    assert!(english.title != german.title && english.body != german.body, "{english:?} {german:?}");
                }
            }
        }
    }

    #[test]
    fn a_notification_names_no_client_and_no_file() {
        for kind in [JobKind::Filing, JobKind::Restore, JobKind::Verify] {
            for phase in [Phase::Ready, Phase::Held, Phase::Finished, Phase::Failed] {
                if let Some(words) = words(&job(kind, phase), None) {
                    assert!(!format!("{words:?}").contains("Miller"), "{words:?}");
                }
            }
        }
    }

    #[test]
    fn work_that_continues_automatically_or_was_cancelled_is_not_notified() {
        for phase in [Phase::Reading, Phase::InLine, Phase::Running, Phase::Paused, Phase::Cancelled] {
            assert_eq!(words(&job(JobKind::Filing, phase), None), None, "{phase:?}");
        }
    }

    #[test]
    fn files_that_wait_automatically_cause_no_notification() {
        let held = JobStatus { files: 10, files_done: 9, later: 1, ..job(JobKind::Filing, Phase::Held) };
        assert_eq!(words(&held, None), None);
        assert!(words(&JobStatus { files_done: 4, ..held }, None).is_some(), "the rest does not continue");
    }

    #[test]
    fn a_finished_check_reports_its_result() {
        let fault = job(JobKind::Verify, Phase::Finished);
        assert_eq!(words(&fault, None).unwrap().body, "3 files not as filed. Open Strongroom to see which.");
        let sound = JobStatus {
            attention: 0,
            result: Some(VerifyResult { sound: 1, ..VerifyResult::default() }.into()),
            ..fault
        };
        assert_eq!(words(&sound, None).unwrap().body, "1 content checked: everything is there, as it was filed.");
    }
}
