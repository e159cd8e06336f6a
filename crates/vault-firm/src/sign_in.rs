//! Signing somebody in to a firm: in their own browser, and then to the firm's project.

use std::future::Future;
use std::sync::Arc;

use vault_core::model::DeviceId;
use vault_core::ports::{PortError, Secrets, SystemClock};
use vault_firebase::{AuthFailure, Flow, OauthFailure, Session};

use vault_home::Home;

use crate::error::FirmError;
use crate::firms::{Firm, Firms};
use crate::open::OpenFirm;

/// Why somebody is not signed in: a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInFailure {
    /// In the browser.
    #[error(transparent)]
    Browser(#[from] OauthFailure),
    /// At the firm's project.
    #[error(transparent)]
    Project(#[from] AuthFailure),
}

impl SignInFailure {
    /// Whether the person called it off here.
    pub fn is_cancelled(&self) -> bool {
        *self == Self::Browser(OauthFailure::Cancelled)
    }
}

/// Signing in, begun: the browser has still to be sent to [`address`](Self::address).
pub struct SigningIn {
    firm: Firm,
    flow: Flow,
}

impl Firm {
    /// Begins to sign somebody in.
    ///
    /// # Errors
    /// [`SignInFailure`] if this computer gives no port to wait for the browser on.
    pub async fn begin_sign_in(&self) -> Result<SigningIn, SignInFailure> {
        Ok(SigningIn { firm: self.clone(), flow: Flow::begin(&self.connection.provider).await? })
    }

    /// Takes up the session that was kept on this computer, if somebody is signed in. No server is asked.
    ///
    /// # Errors
    /// As the keychain reports them.
    pub async fn session(&self, device: DeviceId, secrets: Arc<dyn Secrets>) -> Result<Option<Session>, PortError> {
        if self.may_take_over() {
            Session::take_over(&self.connection, &*secrets).await?;
            // Where it cannot be noted, it is tried again the next time.
            let _ = self.has_taken_over();
        }
        Session::restore(&self.connection, device, secrets, Arc::new(SystemClock)).await
    }
}

impl Firms {
    /// Opens the vault of the firm that is active, for whoever is signed in to it; none if that of this computer is.
    ///
    /// # Errors
    /// [`FirmError::NobodySignedIn`], and as [`Firm::open`].
    pub async fn open_active(&self, home: &Home, secrets: Arc<dyn Secrets>) -> Result<Option<OpenFirm>, FirmError> {
        let Some(id) = self.active()? else { return Ok(None) };
        let firm = self.get(&id)?;
        let session = firm.session(self.device()?, secrets).await?;
        let session = session.ok_or_else(|| FirmError::NobodySignedIn(firm.connection.name.clone()))?;
        Ok(Some(firm.open(home, session).await?))
    }
}

impl SigningIn {
    /// Where the browser has to go.
    pub fn address(&self) -> &str {
        self.flow.address().as_str()
    }

    /// Waits until somebody has signed in there, `cancelled` is done, or five minutes are over.
    ///
    /// # Errors
    /// [`SignInFailure`] says what to do.
    pub async fn finish(
        self,
        device: DeviceId,
        secrets: Arc<dyn Secrets>,
        cancelled: impl Future<Output = ()>,
    ) -> Result<Session, SignInFailure> {
        let proof = self.flow.finish(cancelled).await?;
        let signed_in = Session::sign_in(&self.firm.connection, &proof, device, secrets, Arc::new(SystemClock)).await?;
        Ok(signed_in)
    }
}
