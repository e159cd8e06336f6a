//! Staying signed in, and the reason when a session ends: a disabled account, a deleted one, and no network are
//! three different things to a user.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;
use vault_core::model::Timestamp;
use vault_core::ports::{Attention, Clock, Identity as _, PortError, SystemClock};
use vault_firebase::{AuthFailure, MemorySecrets, Session};

use crate::world::{Administrator, TestUser, connection, device, sign_in};

/// A clock that can be advanced.
#[derive(Default)]
struct AdvancedClock(AtomicI64);

impl AdvancedClock {
    /// To where the current token is still accepted, and too old to be sent.
    fn until_refresh_is_due(&self) {
        self.0.fetch_add(56 * 60 * 1000, Ordering::Relaxed);
    }
}

impl Clock for AdvancedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::Relaxed))
    }

    fn unique(&self) -> Uuid {
        SystemClock.unique()
    }
}

/// A proxy to the Auth emulator, which can be cut.
struct AuthProxy(SocketAddr);

impl AuthProxy {
    async fn find() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        Self(listener.local_addr().expect("its address"))
    }

    /// Accepts connections until the returned value is dropped.
    async fn open(&self) -> JoinSet<()> {
        let listener = TcpListener::bind(self.0).await.expect("the port again");
        let to = connection().emulators.expect("emulators").auth;
        let mut open = JoinSet::new();
        open.spawn(async move {
            let mut through = JoinSet::new();
            while let Ok((mut from, _)) = listener.accept().await {
                through.spawn(async move {
                    let mut to = TcpStream::connect(to).await.expect("the emulator");
                    // Either side may close when it likes.
                    copy_bidirectional(&mut from, &mut to).await.ok();
                });
            }
        });
        open
    }
}

/// A session whose token has just become too old, and the server's response then.
async fn when_refresh_is_due(ann: &TestUser, happens: impl AsyncFnOnce()) -> (Session, Result<(), AuthFailure>) {
    let clock = Arc::new(AdvancedClock::default());
    let secrets = Arc::new(MemorySecrets::default());
    let session = Session::sign_in(&connection(), &ann.proof, device(), secrets, clock.clone()).await;
    let session = session.expect("signed in");
    happens().await;
    // The current token is valid for an hour.
    session.id_token(false).await.expect("a token");
    clock.until_refresh_is_due();
    let answer = session.id_token(false).await.map(drop);
    (session, answer)
}

#[tokio::test]
async fn a_due_refresh_is_made() {
    let ann = Administrator::new().new_user("Ann").await;
    let (_, answer) = when_refresh_is_due(&ann, async || {}).await;
    assert_eq!(answer, Ok(()));
}

#[tokio::test]
async fn a_disabled_account_is_reported_as_disabled() {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let (session, answer) = when_refresh_is_due(&ann, async || administrator.disable(&ann.user).await).await;
    assert_eq!(answer, Err(AuthFailure::UserDisabled));
    let refused = session.token(false).await.expect_err("no token");
    let PortError::NeedsPerson { kind: Attention::NoAccess, message } = refused else { panic!("{refused:?}") };
    assert!(message.starts_with("Your account was disabled."), "{message}");
    assert!(message.contains("administrator") && !message.contains("access"), "{message}");
}

#[tokio::test]
async fn a_deleted_account_must_sign_in_again() {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let (session, answer) = when_refresh_is_due(&ann, async || administrator.delete_account(&ann.user).await).await;
    assert_eq!(answer, Err(AuthFailure::SessionEnded));
    let refused = session.token(false).await.expect_err("no token");
    assert!(matches!(refused, PortError::NeedsPerson { kind: Attention::SignIn, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_user_stays_signed_in_without_a_network() {
    let ann = Administrator::new().new_user("Ann").await;
    let (proxy, clock) = (AuthProxy::find().await, Arc::new(AdvancedClock::default()));
    let mut around = connection();
    around.emulators.as_mut().expect("emulators").auth = proxy.0;
    let open = proxy.open().await;
    let secrets = Arc::new(MemorySecrets::default());
    let session = Session::sign_in(&around, &ann.proof, device(), secrets, clock.clone()).await.expect("signed in");
    let before = session.account().await;

    drop(open);
    clock.until_refresh_is_due();
    assert_eq!(session.id_token(false).await, Err(AuthFailure::Offline));
    assert!(matches!(session.token(false).await, Err(PortError::TryLater { .. })));
    assert_eq!(session.account().await, before);

    let _open = proxy.open().await;
    session.id_token(false).await.expect("a token, once there is a network again");
}

#[tokio::test]
async fn a_disabled_account_is_distinguished_from_a_deleted_one() {
    let administrator = Administrator::new();
    for disable in [true, false] {
        let ann = administrator.new_user("Ann").await;
        let secrets = Arc::new(MemorySecrets::default());
        let session = sign_in(&ann, &secrets).await;
        let expected = if disable {
            administrator.disable(&ann.user).await;
            AuthFailure::UserDisabled
        } else {
            administrator.delete_account(&ann.user).await;
            AuthFailure::SessionEnded
        };
        // The current token is valid for an hour; the one kept for the next start is not.
        assert!(session.id_token(false).await.is_ok());
        let restored = Session::restore(&connection(), device(), secrets, Arc::new(SystemClock)).await;
        let restored = restored.expect("secrets").expect("kept");
        assert_eq!(restored.id_token(false).await, Err(expected.clone()));
        // After the refusal, no server is asked again.
        assert_eq!(restored.id_token(true).await, Err(expected));
    }
}
