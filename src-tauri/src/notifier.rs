//! Passes on events of the jobs and of the connection to a firm's vault: to the page, the tray icon and the system's
//! notifications.

use std::collections::HashMap;

use async_trait::async_trait;
use parking_lot::Mutex;
use tauri::{AppHandle, Manager};
use vault_core::model::MatterId;
use vault_firm::{LiveObserver, Sync};
use vault_jobs::{JobId, JobStatus, Observer, Phase};

use crate::os::{notify, tray};
use crate::shell::Shell;
use crate::views::WindowEvent;

/// Observes the jobs for one window.
pub(crate) struct WindowNotifier {
    app: AppHandle,
    phases: Mutex<HashMap<JobId, Phase>>,
}

impl WindowNotifier {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app, phases: Mutex::default() }
    }

    fn tell(&self, event: WindowEvent) {
        self.app.state::<Shell>().page.tell(event);
    }

    /// Whether the phase of the job has changed since the last notification.
    fn moved(&self, job: &JobStatus) -> bool {
        let mut phases = self.phases.lock();
        phases.insert(job.id, job.phase) != Some(job.phase)
    }

    fn show_in_tray(&self) {
        let phases: Vec<Phase> = {
            let phases = self.phases.lock();
            phases.values().copied().collect()
        };
        tray::show(&self.app, &phases);
    }
}

impl Observer for WindowNotifier {
    fn job(&self, job: &JobStatus) {
        self.tell(WindowEvent::Work { work: Box::new(job.clone().into()) });
        if self.moved(job) {
            tracing::info!(job = %job.id, phase = ?job.phase, "moved");
            self.show_in_tray();
            if !job.phase.is_end() {
                notify::say(&self.app, job);
            }
        }
    }

    fn job_gone(&self, id: JobId) {
        self.phases.lock().remove(&id);
        self.tell(WindowEvent::WorkGone { id: id.to_string() });
        self.show_in_tray();
    }

    fn filed(&self, matter: &MatterId) {
        let (app, matter) = (self.app.clone(), matter.clone());
        tauri::async_runtime::spawn(async move { app.state::<Shell>().tell_filed(&matter).await });
    }

    fn ended(&self, job: &JobStatus) {
        notify::say(&self.app, job);
    }
}

#[async_trait]
impl LiveObserver for WindowNotifier {
    fn sync(&self, sync: &Sync) {
        tracing::info!(state = ?sync.state, "the firm's vault");
        self.tell(WindowEvent::Sync { sync: sync.into() });
    }

    async fn changed(&self) {
        self.app.state::<Shell>().tell_waiting().await;
    }

    async fn reached(&self) {
        let shell = self.app.state::<Shell>();
        if let Some(open) = shell.opened() {
            open.jobs.try_now();
        }
        shell.tell_waiting().await;
    }

    async fn moved(&self) {
        let app = self.app.clone();
        // Not awaited: the caller itself is stopped by it.
        tauri::async_runtime::spawn(async move {
            let shell = app.state::<Shell>();
            if shell.change_vault(async |_| Ok(())).await.is_err() {
                tracing::warn!("the vault of the other team was not opened");
            }
        });
    }
}
