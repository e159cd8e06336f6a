//! Signing a user in to a firm: in their own browser, then to the firm's project.

use std::future::Future;
use std::sync::Arc;

use vault_core::model::DeviceId;
use vault_core::ports::{PortError, Secrets, SystemClock};
use vault_firebase::{AuthFailure, Flow, OauthFailure, Session};

use vault_home::Home;

use crate::error::FirmError;
use crate::firms::{Firm, Firms};
use crate::open::OpenFirm;

/// Why sign-in failed; the message says what to do.
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
    /// Whether the user cancelled it in this program.
    pub fn is_cancelled(&self) -> bool {
        *self == Self::Browser(OauthFailure::Cancelled)
    }
}

/// A sign-in that has begun: the browser still has to be sent to [`address`](Self::address).
pub struct SigningIn {
    firm: Firm,
    flow: Flow,
}

impl Firm {
    /// Begins a sign-in.
    ///
    /// # Errors
    /// [`SignInFailure`] if no local port can be opened for the browser.
    pub async fn begin_sign_in(&self) -> Result<SigningIn, SignInFailure> {
        Ok(SigningIn { firm: self.clone(), flow: Flow::begin(&self.connection.provider).await? })
    }

    /// Restores the session stored on this computer, if a user is signed in. No server is asked.
    ///
    /// # Errors
    /// As the keychain reports them.
    pub async fn session(&self, device: DeviceId, secrets: Arc<dyn Secrets>) -> Result<Option<Session>, PortError> {
        if self.may_take_over() {
            Session::take_over(&self.connection, &*secrets).await?;
            // If the marker cannot be written, the takeover is tried again next time.
            let _ = self.has_taken_over();
        }
        Session::restore(&self.connection, device, secrets, Arc::new(SystemClock)).await
    }
}

impl Firms {
    /// Opens the active firm's vault for its signed-in user; `None` if this computer's own vault is active.
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
    /// The address to open in the browser.
    pub fn address(&self) -> &str {
        self.flow.address().as_str()
    }

    /// Waits until the user has signed in there, `cancelled` completes, or five minutes have passed.
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
