//! From the button *Sign in* to a session that outlives the program: through the sign-in page, back to the port that
//! waits, and attacks on the way.

use std::future::{pending, ready};
use std::net::Ipv4Addr;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::net::TcpStream;
use url::Url;
use vault_core::ports::{PortError, Secrets, SystemClock};
use vault_firebase::{Flow, MemorySecrets, OauthFailure, Proof, Session};

use crate::browser::{choose, choose_in_chromium, click, go, go_as};
use crate::world::{connection, device};

async fn begin() -> Flow {
    Flow::begin(&connection().provider).await.expect("begun")
}

/// The address with one of its values replaced.
fn with(address: &Url, name: &str, value: &str) -> Url {
    let mut changed = address.clone();
    let pairs = address.query_pairs().map(|(key, old)| if key == name { (key, value.into()) } else { (key, old) });
    changed.query_pairs_mut().clear().extend_pairs(pairs);
    assert_ne!(&changed, address, "{name} was there");
    changed
}

/// The parameter `name` of an address.
fn of(address: &Url, name: &str) -> String {
    address.query_pairs().find(|(key, _)| key == name).expect("a value").1.into_owned()
}

/// Whether a sign-in still waits for a browser that was sent to `address`.
async fn is_waited_for(address: &Url) -> bool {
    let port = Url::parse(&of(address, "redirect_uri")).expect("address").port().expect("port");
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok()
}

/// Secrets that the next program finds.
#[derive(Default)]
struct Keychain(MemorySecrets);

#[async_trait]
impl Secrets for Keychain {
    async fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        self.0.get(name).await
    }

    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError> {
        self.0.set(name, secret).await
    }

    async fn remove(&self, name: &str) -> Result<(), PortError> {
        self.0.remove(name).await
    }
}

/// Signs in as the chosen account, ends the program, and starts it again.
async fn stays(proof: &Proof, name: &str, email: &str) {
    let secrets = Arc::new(Keychain::default());
    let session = Session::sign_in(&connection(), proof, device(), secrets.clone(), Arc::new(SystemClock)).await;
    let session = session.expect("signed in");
    let account = session.account().await;
    assert_eq!((account.person.display_name.as_str(), account.email.as_str()), (name, email));
    assert!(session.is_remembered().await);
    drop(session);

    let restored = Session::restore(&connection(), device(), secrets, Arc::new(SystemClock)).await;
    let restored = restored.expect("secrets").expect("kept");
    assert_eq!(restored.account().await.person.user, account.person.user);
    restored.id_token(false).await.expect("a token for the refresh token");
}

#[tokio::test]
async fn the_chosen_account_is_signed_in_and_stays_signed_in() {
    let flow = begin().await;
    let address = flow.address().clone();
    let (proof, page) = tokio::join!(flow.finish(pending()), choose(&address, "Ann Archer"));
    assert!(page.contains("You are signed in"), "{page}");
    stays(&proof.expect("proof"), "Ann Archer", "ann.archer@firm.example").await;
}

#[tokio::test]
async fn a_real_browser_shows_that_sign_in_succeeded() {
    let flow = begin().await;
    let address = flow.address().clone();
    let (proof, heading) = tokio::join!(flow.finish(pending()), choose_in_chromium(&address, "Ann Archer"));
    assert_eq!(heading, "You are signed in");
    stays(&proof.expect("proof"), "Ann Archer", "ann.archer@firm.example").await;
}

#[tokio::test]
async fn two_simultaneous_sign_ins_use_different_ports() {
    let (one, other) = (begin().await, begin().await);
    let (to_one, to_other) = (one.address().clone(), other.address().clone());
    assert_ne!(of(&to_one, "redirect_uri"), of(&to_other, "redirect_uri"));
    // Ben's browser is quicker.
    let browsers = async {
        choose(&to_other, "Ben Baker").await;
        choose(&to_one, "Ann Archer").await
    };
    let (ann, ben, _) = tokio::join!(one.finish(pending()), other.finish(pending()), browsers);
    stays(&ann.expect("proof"), "Ann Archer", "ann.archer@firm.example").await;
    stays(&ben.expect("proof"), "Ben Baker", "ben.baker@firm.example").await;
}

#[tokio::test]
async fn only_the_browser_that_was_opened_is_accepted_and_only_once() {
    let flow = begin().await;
    let address = flow.address().clone();
    let others = async {
        let back = click(&address, "Ann Archer").await;
        let wrong_state = with(&back, "state", &"x".repeat(of(&back, "state").len()));
        assert_eq!(go(wrong_state).await.expect("answer").0, 400);
        assert_eq!(go_as("evil.example", back.clone()).await, 400);
        assert_eq!(go(back.join("/").expect("address")).await.expect("answer").0, 400);
        assert_eq!(go(back.clone()).await.expect("answer").0, 200);
        // The port is closed, and a second visit gets nothing.
        assert_eq!(go(back).await, None);
    };
    let (proof, ()) = tokio::join!(flow.finish(pending()), others);
    assert!(proof.expect("proof").nonce.is_some());
}

#[tokio::test]
async fn an_answer_to_another_sign_in_is_not_trusted() {
    let flow = begin().await;
    let address = flow.address().clone();
    let elsewhere = with(&address, "nonce", &"n".repeat(43));
    let (proof, _) = tokio::join!(flow.finish(pending()), choose(&elsewhere, "Ann Archer"));
    assert_eq!(proof, Err(OauthFailure::Untrusted("not an answer to this sign-in")));
}

#[tokio::test]
async fn a_code_issued_to_another_sign_in_is_refused() {
    let (hers, his) = (begin().await, begin().await);
    let good = click(hers.address(), "Ann Archer").await;
    let code = of(&click(his.address(), "Ben Baker").await, "code");
    let slipped_in = with(&good, "code", &code);
    let (proof, _) = tokio::join!(hers.finish(pending()), go(slipped_in));
    assert_eq!(proof, Err(OauthFailure::Denied("invalid_grant".to_owned())));
}

#[tokio::test]
async fn a_cancelled_sign_in_signs_nobody_in() {
    let here = begin().await;
    let address = here.address().clone();
    assert_eq!(here.finish(ready(())).await, Err(OauthFailure::Cancelled));
    assert!(!is_waited_for(&address).await);

    let there = begin().await;
    let address = there.address().clone();
    let (denied, page) = tokio::join!(there.finish(pending()), choose(&address, "Cancel"));
    assert_eq!(denied, Err(OauthFailure::Denied("access_denied".to_owned())));
    assert!(page.contains("You are not signed in"), "{page}");
    assert!(!is_waited_for(&address).await);
}

#[tokio::test]
async fn a_sign_in_expires_after_five_minutes() {
    let flow = begin().await;
    // Not earlier: the provider is asked by a running clock.
    tokio::time::pause();
    let address = flow.address().clone();
    let since = tokio::time::Instant::now();
    assert_eq!(flow.finish(pending()).await, Err(OauthFailure::TooLate));
    assert_eq!(since.elapsed().as_secs(), 300);
    tokio::time::resume();
    assert_eq!(go(click(&address, "Ann Archer").await).await, None);
}
