//! The reasons that only the window gives, and how a sentence becomes codes that the page can say in its language.

use vault_core::reason::{Reason, Value};
use vault_core::reasons;

reasons! {
    /// Why the window, or what opens a vault for it, refused something.
    #[allow(clippy::doc_markdown, reason = "the sentences are for users")]
    pub(crate) enum WindowReason {
        NoDialog = "no-dialog",
            "The dialog could not be opened. Drop the files on the window instead, or try again.";
        OwnFault = "own-fault", "Strongroom met a fault of its own and could not do this. Try again.";
        ListGone = "list-gone", "This list is no longer at hand. Open it again.";
        OfferGone = "offer-gone", "What was dropped is no longer at hand. Drop it again.";
        ConnectionGone = "connection-gone", "The connection is no longer at hand. Open it again.";
        ClientNotThere = "client-not-there", "This client is not in the vault.";
        MatterNotThere = "matter-not-there", "This matter is not in the vault.";
        DocumentNotThere = "document-not-there", "This document is not in the vault.";
        DocumentsNotThere = "documents-not-there", "These documents are not in the vault.";
        NoSuchName = "no-such-name", "No document in the vault has this content under this name.";
        KindNotOpened { name: String } = "kind-not-opened",
            "Files of the kind of “{name}” are not opened from here. Restore puts a copy of it where you choose.";
        OtherThanNamed { name: String } = "other-than-named",
            "“{name}” is not opened: its content is something else than its name says. Restore puts a copy of it where you choose.";
        TooLargeToShow = "too-large-to-show", "This document is too large to be shown here. Restore it.";
        NoImage = "no-image", "This document is not shown as an image.";
        NoText = "no-text", "This document is not shown as text.";
        NotCopied { name: String } = "not-copied", "“{name}” could not be copied to be opened.";
        NoFolderProgram { folder: String } = "no-folder-program",
            "The system has no program to show folders. The folder is {folder}.";
        FolderGone { folder: String } = "folder-gone", "There is no folder {folder} any more.";
        NoBrowser = "no-browser", "The system has no browser to sign in with. Install one and try again.";
        NoProgram = "no-program",
            "The system has no program for this kind of document. Restore it, and open it with one of yours.";
        NothingRestored = "nothing-restored", "A check writes nothing that could be shown.";
        Stopped = "stopped", "It was stopped before it was done.";
        SettingsNotKept = "settings-not-kept", "Your settings could not be kept.";
        SettingsAsAtFirst = "settings-as-at-first", "Your settings are as at first.";
        FolderNameNotKept { folder: String } = "folder-name-not-kept",
            "The name of the folder “{folder}” cannot be written down. Choose another folder.";
        VaultFolderNotThere { folder: String } = "vault-folder-not-there",
            "The folder of the vault is not there: {folder}. Connect its drive and try again.";
        FolderFromOutside = "folder-from-outside",
            "Strongroom was started with the folder named in STRONGROOM_HOME. Change it there.";
        NobodySignedIn = "nobody-signed-in", "Nobody is signed in here.";
        SignOutFirst { firm: String } = "sign-out-first", "Sign out of {firm} first.";

        NoFolder = "no-folder", "No folder for the vault is known. Name one with --home or STRONGROOM_HOME.";
        VaultFolderReadOnly { path: String } = "vault-folder-read-only",
            "The vault in “{path}” cannot be opened where it is: its folder can only be read. Copy the whole folder to a drive you can write to, and name the copy with --home or STRONGROOM_HOME.";
        NothingAt { path: String } = "nothing-at", "There is nothing at “{path}”.";
        NotAllowedToLook { path: String } = "not-allowed-to-look",
            "You may not look at “{path}”. Ask for the right to read it.";
        DocumentsMissing { path: String } = "documents-missing",
            "The folder “{path}” with the filed documents is missing. Nothing was changed. Connect its drive, or put the folder back from a backup.";
        LeftOutUnread = "left-out-unread", "The left-out list cannot be read.";
        LeftOutLine { line: u64, text: String, why: String } = "left-out-line",
            "Line {line}: “{text}” is not a pattern: {why}.";

        FirmUnknown = "firm-unknown", "This computer is not connected to such a firm (any more).";
        FirmForgotten { path: String } = "firm-forgotten",
            "This computer does not know any more which firm's vault was open: “{path}” names none that it is connected to. Nothing is lost. Choose the firm again, or the vault of this computer.";
        ConnectionUnreadable { path: String, why: String } = "connection-unreadable",
            "This computer cannot read how it reaches the firm: “{path}”: {why} Connect again with the connection file of your administrator, and sign in. Nothing else is lost.";
        SignInToOpen { firm: String } = "sign-in-to-open", "Sign in to open the vault of {firm}.";
        StillWaiting { count: u64 } = "still-waiting",
            "There are drops or changes on this computer that the firm's vault has not got ({count}). Let them be filed and sent, or give them up, before the firm's copy is removed.";

        NoPort = "no-port",
            "This computer does not let Strongroom wait for the browser. Restart it, or ask your administrator.";
        SignInTooLate = "sign-in-too-late", "Nobody signed in within five minutes. Try again.";
        SignInCancelled = "sign-in-cancelled", "Signing in was cancelled.";
        SignInDenied { why: String } = "sign-in-denied",
            "The sign-in page did not let you in ({why}). Try again, or ask your administrator.";
        SignInOffline = "sign-in-offline",
            "The sign-in server cannot be reached. Check the network, then try again.";
        SignInUntrusted { why: String } = "sign-in-untrusted",
            "The sign-in server gave an answer that cannot be trusted ({why}). Try again; if it happens again, ask your administrator.";
        SignInWayOff { code: String } = "sign-in-way-off",
            "Signing in was refused: the firm's project does not allow this way of signing in. Ask your firm's administrator. (code {code})";
        SignInPageRefused { code: String } = "sign-in-page-refused",
            "Signing in was refused: the firm's project does not accept what the sign-in page said. Ask your firm's administrator. (code {code})";
        SignInAddressTaken { code: String } = "sign-in-address-taken",
            "Signing in was refused: there is another account with the same e-mail address. Ask your firm's administrator. (code {code})";
        SignInNotAdmitted { code: String } = "sign-in-not-admitted",
            "Signing in was refused: the firm does not admit this account. Ask your firm's administrator. (code {code})";
        SignInConnectionUnfit { code: String } = "sign-in-connection-unfit",
            "Signing in was refused: the connection file does not fit the firm's project. Ask your firm's administrator. (code {code})";
        SignInAccountRefused { code: String } = "sign-in-account-refused",
            "Signing in was refused: the firm's project did not accept the account. Ask your firm's administrator. (code {code})";

        ConnectionFileLacks { name: String } = "connection-file-lacks",
            "The connection file has no “{name}”. Ask your administrator for it again.";
        ConnectionFileTwice { name: String } = "connection-file-twice",
            "The connection file has “{name}” twice. Ask your administrator for it again.";
        ConnectionFileWrong { name: String, why: String } = "connection-file-wrong",
            "The connection file has a wrong “{name}”: {why}. Ask your administrator for it again.";
        ConnectionFileRefused { why: String } = "connection-file-refused",
            "The connection file {why}. Ask your administrator for it again.";
        ConnectionFileTooLarge = "connection-file-too-large",
            "This is no connection file: it is too large. Ask your administrator for it again.";
        NoConnectionFile { why: String } = "no-connection-file",
            "This is no connection file: {why}. Ask your administrator for it again.";
        NoConnectionLink = "no-connection-link",
            "This is no connection link: it has to begin with “strongroom://connect?”.";
        ConnectionLinkTooLong = "connection-link-too-long",
            "This is no connection link: it is too long. Ask your administrator for it again.";
        ConnectionLinkRefused { why: String } = "connection-link-refused", "The connection link {why}.";

        NoKeychain = "no-keychain",
            "This computer has no keychain that Strongroom can use. You will have to sign in again after each start.";
        KeychainLocked = "keychain-locked",
            "The keychain of this computer did not let Strongroom in. Unlock it, then try again.";
        KeychainSilent = "keychain-silent",
            "The keychain of this computer does not answer. Unlock it if it asks for a password, then try again.";
        KeychainRefuses = "keychain-refuses",
            "The keychain of this computer does not take this. You will have to sign in again after each start.";

        WorkFault = "work-fault",
            "A fault in Strongroom itself ended this. What is stored is not affected. Try it again, and report it if it happens again.";
        TriedAgain = "tried-again", "It is tried again by itself.";
        AnotherIsFiling = "another-is-filing",
            "Another Strongroom is filing on this computer. This goes on as soon as it is done.";
        WorkGivenUp = "work-given-up",
            "It was given up. Drop its files again: what is stored is not stored twice.";
        ProgramEnding = "program-ending",
            "Strongroom is ending. What was begun goes on at the next start.";
    }
}

/// A code with its details.
pub(crate) type Coded = (&'static str, Vec<(&'static str, Value)>);

/// The longest text that is looked at; no message is longer.
const LONGEST: usize = 4000;

/// The reasons that these sentences in English state, in their order. Empty if one of them is no reason with a code: then
/// the text is shown as it is.
pub(crate) fn reasons_in(text: &str) -> Vec<Coded> {
    if text.is_empty() || text.len() > LONGEST { Vec::new() } else { sequence(text).unwrap_or_default() }
}

/// More sentences than any message has: a text with more is shown as it is, so that nobody's text costs time to read.
const MOST_SENTENCES: usize = 12;

/// Reads the longest reason at the beginning first, because a reason can have several sentences. Each part of the text is
/// read once: what follows a sentence is known before the sentence is read.
fn sequence(text: &str) -> Option<Vec<Coded>> {
    if let Some(whole) = one(text) {
        return Some(vec![whole]);
    }
    let ends: Vec<usize> = text.match_indices(". ").map(|(at, _)| at).collect();
    if ends.len() >= MOST_SENTENCES {
        return None;
    }
    let mut from: Vec<Option<Vec<Coded>>> = vec![None; ends.len() + 1];
    for number in (0..=ends.len()).rev() {
        let begin = number.checked_sub(1).map_or(0, |before| ends[before] + 2);
        let read = one(&text[begin..]).map(|last| vec![last]).or_else(|| {
            (number..ends.len()).rev().find_map(|end| {
                let rest = from[end + 1].as_ref()?;
                let first = one(&text[begin..=ends[end]])?;
                Some(std::iter::once(first).chain(rest.iter().cloned()).collect())
            })
        });
        from[number] = read;
    }
    from.swap_remove(0)
}

fn one(text: &str) -> Option<Coded> {
    match Reason::of_sentence(text) {
        Some(reason) => Some((reason.code(), reason.details())),
        None => WindowReason::of_sentence(text).map(|reason| (reason.code(), reason.details())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use vault_core::SystemFault;
    use vault_core::reason::terms;

    use super::*;

    const CATALOGUE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/text/en/reasons.json");

    /// A colleague writes the reason of an event, and it could keep every window of the firm busy.
    #[test]
    fn a_text_made_of_many_sentences_is_read_in_no_time() {
        for repeats in [3, MOST_SENTENCES - 1, 79] {
            let text = "There is nothing at “a”. ".repeat(repeats) + "x";
            assert_eq!(reasons_in(&text), [], "{repeats}");
        }
    }

    /// The catalogue of the page: every code has its sentence in English there, and vitest compares the other languages.
    /// `UPDATE_BINDINGS=1` writes it anew.
    #[test]
    fn the_page_has_every_code() {
        let all = Reason::ALL.iter().chain(WindowReason::ALL);
        let reasons: BTreeMap<_, _> = all.copied().collect();
        assert_eq!(reasons.len(), Reason::ALL.len() + WindowReason::ALL.len(), "a code is there twice");
        let terms: BTreeMap<_, BTreeMap<_, _>> =
            terms().into_iter().map(|(gap, texts)| (gap, texts.into_iter().collect())).collect();
        let fresh = serde_json::json!({ "reasons": reasons, "terms": terms });
        let fresh = format!("{}\n", serde_json::to_string_pretty(&fresh).unwrap());
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            fs::write(CATALOGUE, &fresh).unwrap();
        }
        let committed = fs::read_to_string(CATALOGUE).unwrap_or_default().replace("\r\n", "\n");
        assert!(fresh == committed, "reasons.json lacks what changed. UPDATE_BINDINGS=1 writes it anew.");
    }

    fn codes(text: &str) -> Vec<&'static str> {
        reasons_in(text).into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn several_sentences_are_several_reasons() {
        let held = format!("{} {}", Reason::VaultUnreachable, WindowReason::TriedAgain);
        assert_eq!(codes(&held), ["vault-unreachable", "tried-again"]);
        let why = SystemFault::NoRoom.could_not("write", Path::new("/home/ann/settings.json"));
        assert_eq!(codes(&format!("{} {why}", WindowReason::SettingsNotKept)), ["settings-not-kept", "could-not"]);
        assert_eq!(codes(&format!("{why} {}", WindowReason::TriedAgain)), ["could-not", "tried-again"]);
    }

    #[test]
    fn what_has_no_code_stays_as_it_is() {
        for text in ["", "The drive is on fire.", "The firm's vault cannot be reached. The drive is on fire."] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
        assert_eq!(codes(&"a. ".repeat(2000)), [""; 0]);
    }

    #[test]
    fn what_other_crates_say_has_a_code() {
        use vault_firm::{Connection, FirmError, OauthFailure, SignInFailure};
        use vault_home::HomeError;
        let said = [
            (HomeError::NoFolder.to_string(), "no-folder"),
            (HomeError::ReadOnly("/a".into()).to_string(), "vault-folder-read-only"),
            (HomeError::SourceMissing("/a".into()).to_string(), "nothing-at"),
            (HomeError::VaultMissing("/a".into()).to_string(), "documents-missing"),
            (HomeError::SourceIsVault { path: "/a".into(), home: "/b".into() }.to_string(), "source-holds-vault"),
            (FirmError::Unknown.to_string(), "firm-unknown"),
            (FirmError::NoneChosen("/a".into()).to_string(), "firm-forgotten"),
            (FirmError::NobodySignedIn("Oak Law".into()).to_string(), "sign-in-to-open"),
            (FirmError::StillWaiting(3).to_string(), "still-waiting"),
            (SignInFailure::from(OauthFailure::NoPort).to_string(), "no-port"),
            (SignInFailure::from(OauthFailure::TooLate).to_string(), "sign-in-too-late"),
            (SignInFailure::from(OauthFailure::Cancelled).to_string(), "sign-in-cancelled"),
            (SignInFailure::from(OauthFailure::Denied("x".into())).to_string(), "sign-in-denied"),
            (SignInFailure::from(OauthFailure::Offline).to_string(), "sign-in-offline"),
            (Connection::from_file(b"{}").unwrap_err().to_string(), "connection-file-lacks"),
            (Connection::from_file(b"hello").unwrap_err().to_string(), "no-connection-file"),
            (Connection::from_file(&vec![b' '; 20_000]).unwrap_err().to_string(), "connection-file-too-large"),
            (Connection::from_link("https://example.org").unwrap_err().to_string(), "no-connection-link"),
            (Connection::from_link("strongroom://connect?a=b").unwrap_err().to_string(), "connection-link-refused"),
            (vault_jobs::JobError::Ending.to_string(), "program-ending"),
        ];
        for (text, code) in said {
            assert_eq!(codes(&text), [code], "{text}");
        }
    }
}
