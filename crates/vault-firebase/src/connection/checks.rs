//! The accepted form of each setting of a connection.

use std::net::SocketAddr;

use url::{Host, Url};
use vault_core::{deceptive_in, is_deceptive};

type Check<T> = Result<T, &'static str>;

/// A Firebase project id (<https://cloud.google.com/resource-manager/docs/creating-managing-projects>).
pub(super) fn project(text: &str) -> Check<String> {
    let good = (6..=30).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    owned(text, good, "a project id has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter")
}

pub(super) fn api_key(text: &str) -> Check<String> {
    let good = (1..=100).contains(&text.len()) && text.bytes().all(is_word);
    owned(text, good, "an API key has letters, digits, “-” and “_” only")
}

/// A bucket's name (<https://cloud.google.com/storage/docs/buckets#naming>).
pub(super) fn bucket(text: &str) -> Check<String> {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let good = (3..=222).contains(&text.len())
        && edge(text.chars().next())
        && edge(text.chars().next_back())
        && !text.contains("..")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'));
    owned(text, good, "a bucket's name has lower-case letters, digits, “-”, “_” and “.” only, without “gs://”")
}

pub(super) fn client(text: &str) -> Check<String> {
    let good = (1..=200).contains(&text.len()) && text.bytes().all(|b| is_word(b) || matches!(b, b'.' | b'~' | b':'));
    owned(text, good, "it has letters, digits, “-”, “_”, “.”, “~” and “:” only")
}

pub(super) fn provider(text: &str) -> Check<String> {
    let oidc = text.strip_prefix("oidc.").is_some_and(|name| !name.is_empty() && name.bytes().all(is_id));
    owned(text, text == "google.com" || (oidc && text.len() <= 64), "it is “google.com” or begins with “oidc.”")
}

pub(super) fn name(text: &str) -> Check<String> {
    // Collapses spaces: a name with wide gaps could imitate a line of ours where it is shown.
    let text = &text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let seen = !text.chars().any(is_unseen) && deceptive_in(text).next().is_none();
    let good = (1..=100).contains(&text.chars().count()) && seen;
    owned(text, good, "a firm's name has 1 to 100 characters that can be seen")
}

/// Spaces of all kinds, but not line ends.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_deceptive(c)
}

/// Joiners are rejected, too: no firm needs them in its name.
const fn is_unseen(c: char) -> bool {
    is_deceptive(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// A provider's URL: HTTPS, at a host whose name cannot be mistaken for another; or on this computer.
pub(crate) fn address(text: &str) -> Check<Url> {
    // A reader could mistake what the URL parser would repair.
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('\\') {
        return Err("it has characters that no web address has");
    }
    let url = Url::parse(text).map_err(|_| "it is no web address")?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && url.query().is_none()
        && !text.contains('@');
    if !plain || url.host().is_none() {
        return Err("it has more parts than the address of a server and a path");
    }
    if url.scheme() == "http" && is_here(&url) {
        return Ok(url);
    }
    if url.scheme() != "https" {
        return Err("it has to begin with “https://”");
    }
    match url.host() {
        Some(Host::Domain(name)) if is_server(name) => {}
        Some(Host::Domain(_)) => return Err("its server's name has to be in plain letters, with a dot inside"),
        _ => return Err("it names a number instead of a server"),
    }
    if url.port().is_some() { Err("it names a port, which no provider needs") } else { Ok(url) }
}

/// A host name that cannot be mistaken for another: no letters of other scripts (written as `xn--`), no trailing dot,
/// and no name for this computer or its network.
fn is_server(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && !label.starts_with("xn--");
    labels.len() > 1
        && labels.iter().all(is_label)
        && !matches!(labels.last(), Some(&"localhost" | &"local" | &"internal"))
}

/// Whether two URLs have the same scheme, host and port.
pub(crate) fn is_same_server(one: &Url, other: &Url) -> bool {
    one.origin().is_tuple() && one.origin() == other.origin()
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Whether a URL leads to this computer.
pub(super) fn is_loopback(url: &Url) -> bool {
    is_here(url)
}

/// Where an emulator listens: this computer. An emulator accepts any claimed identity, so no data should be in one
/// elsewhere.
pub(super) fn emulator(text: &str) -> Check<SocketAddr> {
    let address: SocketAddr = text.parse().map_err(|_| "it is an address and a port, like “127.0.0.1:8080”")?;
    if address.ip().is_loopback() && address.port() != 0 { Ok(address) } else { Err("emulators run on this computer") }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
}

fn is_id(b: u8) -> bool {
    is_word(b) || b == b'.'
}

fn owned(text: &str, good: bool, otherwise: &'static str) -> Check<String> {
    if good { Ok(text.to_owned()) } else { Err(otherwise) }
}
