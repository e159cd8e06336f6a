//! A user who was sent to the sign-in page: simulated, or in a real browser.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use reqwest::header::{HOST, LOCATION};
use tokio::process::Command;
use tokio::time::timeout;
use url::Url;

/// How long a real browser may take, on a computer that is busy building.
const PATIENCE: Duration = Duration::from_mins(2);

fn http() -> reqwest::Client {
    vault_firebase::prepare_tls();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("client")
}

/// The address to which the page sends the browser back after a click on `name`.
pub(crate) async fn click(address: &Url, name: &str) -> Url {
    let page = http().get(address.clone()).send().await.expect("the identity provider of `cargo xtask emulators`");
    let (status, page) = (page.status(), page.text().await.expect("page"));
    assert!(status.is_success(), "{page}");
    let (before, _) = page.split_once(name).unwrap_or_else(|| panic!("there is no {name} in {page}"));
    let (_, link) = before.rsplit_once("href=\"").expect("a link");
    let link = link.split('"').next().expect("its end").replace("&amp;", "&");
    let answer = http().get(address.join(&link).expect("link")).send().await.expect("choice");
    let back = answer.headers().get(LOCATION).expect("a redirect").to_str().expect("text");
    Url::parse(back).expect("address")
}

/// Requests an address of this computer; returns the response, or `None` without a listener.
pub(crate) async fn go(address: Url) -> Option<(u16, String)> {
    let answer = http().get(address).send().await.ok()?;
    Some((answer.status().as_u16(), answer.text().await.expect("page")))
}

/// The same as a page elsewhere would do it, whose host name resolves to this computer.
pub(crate) async fn go_as(host: &str, address: Url) -> u16 {
    http().get(address).header(HOST, host).send().await.expect("answer").status().as_u16()
}

/// A user who clicks on `name` and comes back; the page they see at the end.
pub(crate) async fn choose(address: &Url, name: &str) -> String {
    let (status, page) = go(click(address, name).await).await.expect("a listener");
    assert_eq!(status, 200, "{page}");
    page
}

/// The same in Chromium; the heading of the page at the end.
pub(crate) async fn choose_in_chromium(address: &Url, name: &str) -> String {
    let visitor = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../firebase/identity-provider/visitor.js");
    let mut command = Command::new("node");
    command.arg(visitor).arg(address.as_str()).arg(name).stdin(Stdio::null()).kill_on_drop(true);
    let output = timeout(PATIENCE, command.output()).await.expect("the browser is done").expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}
