//! A user's tokens: stored, renewed and discarded.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use vault_core::model::{DeviceId, Timestamp};
use vault_core::ports::{Clock, Person, PortError, Secrets, Token};

use super::api::{Api, Granted, Proof};
use super::claims::{Claims, Role};
use super::failure::AuthFailure;
use super::kept::Names;
use crate::connection::Connection;
use crate::http;
use crate::seal::Seal;

/// How long before its expiry a token is renewed: longer than any request that uses it takes.
const EARLY: Duration = Duration::from_mins(5);

/// Two requests that are refused at the same time need one new token, not two.
const JUST_NOW: Duration = Duration::from_secs(5);

/// The signed-in user, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The user's identity in the vault.
    pub person: Person,
    /// The e-mail address; empty if the provider reports none.
    pub email: String,
    /// Their role in the team.
    pub role: Role,
}

/// A user's session with a firm's project.
pub struct Session {
    api: Api,
    secrets: Arc<dyn Secrets>,
    clock: Arc<dyn Clock>,
    names: Names,
    device: DeviceId,
    state: Mutex<State>,
}

struct State {
    refresh_token: String,
    claims: Claims,
    fresh: Option<Fresh>,
    /// Why the session is over, once it is: then no server is asked any more.
    over: Option<AuthFailure>,
    remembered: bool,
}

/// An ID token and when it came. The monotonic clock stops while some computers sleep, and the wall clock can be set; a
/// token counts as old when either of them says so.
struct Fresh {
    token: Token,
    lifetime: Duration,
    steady: Instant,
    wall: Timestamp,
}

impl Fresh {
    fn age(&self, clock: &dyn Clock) -> Duration {
        let by_wall = u64::try_from(clock.now().0.saturating_sub(self.wall.0)).unwrap_or_default();
        self.steady.elapsed().max(Duration::from_millis(by_wall))
    }
}

impl Session {
    /// Signs a user in. [`is_remembered`](Self::is_remembered) reports whether the session outlives the program.
    ///
    /// # Errors
    /// [`AuthFailure`] says what to do.
    pub async fn sign_in(
        connection: &Connection,
        proof: &Proof,
        device: DeviceId,
        secrets: Arc<dyn Secrets>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, AuthFailure> {
        let api = Api::new(connection, http::client());
        let granted = api.sign_in(proof).await?;
        let claims = claims_of(&granted)?;
        let names = Names::of(connection);
        let remembered = names.keep(&*secrets, &granted.refresh_token, &claims).await.is_ok() && secrets.is_lasting();
        let fresh = Some(fresh(&granted, &*clock));
        let state = State { refresh_token: granted.refresh_token, claims, fresh, over: None, remembered };
        Ok(Self { api, secrets, clock, names, device, state: Mutex::new(state) })
    }

    /// Restores the session stored on this computer, if there is one. No server is asked.
    ///
    /// # Errors
    /// As the keychain reports them.
    pub async fn restore(
        connection: &Connection,
        device: DeviceId,
        secrets: Arc<dyn Secrets>,
        clock: Arc<dyn Clock>,
    ) -> Result<Option<Self>, PortError> {
        let names = Names::of(connection);
        let Some((refresh_token, claims)) = names.recall(&*secrets).await? else { return Ok(None) };
        let remembered = secrets.is_lasting();
        let state = State { refresh_token, claims, fresh: None, over: None, remembered };
        let api = Api::new(connection, http::client());
        Ok(Some(Self { api, secrets, clock, names, device, state: Mutex::new(state) }))
    }

    /// Moves the session that earlier versions stored per project to the connection it was begun over.
    ///
    /// # Errors
    /// As the keychain reports them.
    pub async fn take_over(connection: &Connection, secrets: &dyn Secrets) -> Result<(), PortError> {
        Names::of(connection).take_over(&Names::of_project(connection), secrets).await
    }

    /// Discards the session, here and in the keychain.
    ///
    /// # Errors
    /// As the keychain reports them; the session is over all the same.
    pub async fn sign_out(&self) -> Result<(), PortError> {
        let mut state = self.state.lock().await;
        state.over = Some(AuthFailure::SessionEnded);
        state.fresh = None;
        state.refresh_token.clear();
        tracing::info!("the user signs out");
        self.names.forget(&*self.secrets).await
    }

    /// The seal for the signed-in user's uploads, valid until they sign out.
    pub fn seal(&self) -> Seal {
        Seal::kept_in(Arc::clone(&self.secrets), self.names.upload_key.clone())
    }

    /// Who is signed in; known without a network.
    pub async fn account(&self) -> Account {
        let Claims { user, team, role, display_name, email } = self.state.lock().await.claims.clone();
        Account { person: Person { user, team, display_name, device: self.device.clone() }, email, role }
    }

    /// Whether the session outlives the program. It does not where there is no keychain.
    pub async fn is_remembered(&self) -> bool {
        self.state.lock().await.remembered
    }

    /// A token that is valid for at least a few minutes; `renew` requests another than the one that was refused.
    ///
    /// # Errors
    /// [`AuthFailure`] states why there is none.
    pub async fn id_token(&self, renew: bool) -> Result<Token, AuthFailure> {
        // Concurrent callers wait here and use the token that the first one got.
        let mut state = self.state.lock().await;
        if let Some(over) = &state.over {
            return Err(over.clone());
        }
        if let Some(fresh) = &state.fresh {
            let age = fresh.age(&*self.clock);
            if age + EARLY < fresh.lifetime && (!renew || age < JUST_NOW) {
                return Ok(fresh.token.clone());
            }
        }
        match self.api.refresh(&state.refresh_token).await {
            Ok(granted) => {
                tracing::debug!("the session has a new token");
                self.take(&mut state, granted).await
            }
            Err(failure) => {
                tracing::info!(class = failure.class(), "the session gets no new token");
                if matches!(failure, AuthFailure::UserDisabled | AuthFailure::SessionEnded) {
                    state.fresh = None;
                    state.over = Some(failure.clone());
                }
                Err(failure)
            }
        }
    }

    async fn take(&self, state: &mut State, granted: Granted) -> Result<Token, AuthFailure> {
        let claims = claims_of(&granted)?;
        if granted.refresh_token != state.refresh_token || claims != state.claims {
            let kept = self.names.keep(&*self.secrets, &granted.refresh_token, &claims).await;
            if let Err(error) = &kept {
                tracing::warn!(class = error.class(), "the session is not kept");
            }
            state.remembered = kept.is_ok() && self.secrets.is_lasting();
        }
        let fresh = state.fresh.insert(fresh(&granted, &*self.clock));
        let token = fresh.token.clone();
        state.refresh_token = granted.refresh_token;
        state.claims = claims;
        Ok(token)
    }
}

fn fresh(granted: &Granted, clock: &dyn Clock) -> Fresh {
    let token = Token(granted.id_token.clone());
    Fresh { token, lifetime: granted.lifetime, steady: Instant::now(), wall: clock.now() }
}

fn claims_of(granted: &Granted) -> Result<Claims, AuthFailure> {
    Claims::of(&granted.id_token).ok_or_else(|| AuthFailure::Refused {
        why: "the firm's project answered with a token that names nobody.",
        code: "INVALID_ID_TOKEN".to_owned(),
    })
}
