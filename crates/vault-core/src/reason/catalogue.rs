//! The reasons, with their sentences in English.

use super::{Action, Database, Explained, FieldName, ReadableProblem};
use crate::reasons;

reasons! {
    /// Why something was refused or failed.
    pub enum Reason {
        VaultUnreachable = "vault-unreachable", "The firm's vault cannot be reached.";
        StorageUnreachable = "storage-unreachable", "The firm's storage cannot be reached.";
        SignInUnreachable = "sign-in-unreachable", "The sign-in server cannot be reached.";
        VaultBusy = "vault-busy", "The firm's vault is busy.";
        StorageBusy = "storage-busy", "The firm's storage is busy.";
        SignInBusy = "sign-in-busy", "The sign-in server is busy.";
        StorageLostUpload = "storage-lost-upload", "The firm's storage lost an upload several times.";
        StorageNotNow = "storage-not-now", "The firm's storage does not take this file just now.";
        ColleaguesChanging = "colleagues-changing", "Colleagues are changing the same things just now.";
        ColleaguesFiling = "colleagues-filing", "Colleagues are filing the same documents just now.";

        SignInNeeded = "sign-in-needed", "Sign in to continue; what waits on this computer is kept.";
        SessionEnded = "session-ended",
            "You have been signed out. Sign in to continue; what waits on this computer is kept.";
        UserDisabled = "user-disabled",
            "Your account was disabled. Ask your firm's administrator; what waits on this computer is kept.";
        SignInFirst = "sign-in-first", "Sign in to the firm first.";

        NoAccessToVault = "no-access-to-vault",
            "You have no access to this firm's vault, or no longer. Ask your firm's administrator whether you are a member.";
        NoMember = "no-member",
            "You are not a member of this firm's vault any more. Ask your firm's administrator; what waits on this computer is kept.";
        NoAccessToMatter = "no-access-to-matter",
            "You no longer have access to this matter. Ask your administrator.";
        MatterOutOfSight { matter: String } = "matter-out-of-sight",
            "There is no matter {matter}, or it is only open to some of your colleagues and you are not among them (any more).";
        OnlyAdministrators = "only-administrators",
            "Only an administrator of the firm can change what is said about the firm's own documents. Ask your administrator.";

        StorageFull = "storage-full",
            "The firm's storage is full — ask your administrator. What waits on this computer is kept.";
        StoragePlanUsedUp = "storage-plan-used-up",
            "The firm's storage hands nothing out at the moment, because its plan is used up — ask your administrator.";
        StorageTooLarge = "storage-too-large", "The firm's storage does not take a file of this size.";
        StorageRefusesFile = "storage-refuses-file",
            "The firm's storage takes no file like this for this matter. It may have been closed: ask your administrator.";
        AppCheck = "app-check",
            "The firm's project demands App Check of its storage, which Strongroom cannot do. Ask your administrator to turn that off.";
        StorageRefusesRequest { status: u64 } = "storage-refuses-request",
            "The firm's storage does not take this request (HTTP {status}). Ask your administrator whether the connection is still right.";
        VaultRefusesRequest { status: String } = "vault-refuses-request",
            "The firm's vault does not take this request ({status}). Update Strongroom, or ask your administrator whether the connection is still right.";
        IndexLacking = "index-lacking",
            "The firm's project lacks an index. Ask your administrator to deploy the project's settings again.";
        RulesRefuse = "rules-refuse",
            "The firm's vault refuses this, though you are a member and nothing is seen to stand in its way. Its rules may be of another version: ask your administrator to deploy the project's settings again, and update Strongroom.";
        VaultLostData = "vault-lost-data",
            "The firm's vault reports lost data. Ask your firm's administrator.";

        MatterNeedsTitle = "matter-needs-title", "A matter needs a title.";
        ClientNeedsName = "client-needs-name", "A client needs a name.";
        GeneralMatter = "general-matter",
            "This matter holds the firm's own documents: only its title and description can be changed. It cannot be closed, renumbered or removed.";
        NumberTaken { title: String, number: String } = "number-taken",
            "The matter “{title}” has the number {number} already.";
        NumberSaysNothing = "number-says-nothing",
            "A matter's number needs a letter or a digit. Leave it empty if the firm gives none.";
        NumberHasTabs = "number-has-tabs",
            "A matter's number is one line of text, without tabs. Type it again.";
        NumberReserved { number: String } = "number-reserved",
            "No matter can have the number “{number}”: the word has a meaning of its own here. Choose another number.";
        NumberBeginsWithDash = "number-begins-with-dash",
            "A matter's number cannot begin with “-”: it would be read as an option. Choose another number.";
        TooLong { field: FieldName, length: u64, longest: u64 } = "too-long",
            "The {field} has {length} characters, and can have at most {longest}. Shorten it.";
        HasNul { field: FieldName } = "has-nul",
            "The {field} has an invisible character in it that no text has (NUL). Type it again instead of pasting it.";
        TooManyAssigned { most: u64 } = "too-many-assigned",
            "At most {most} people can work on a matter. Take some off.";
        OpenedOutOfRange = "opened-out-of-range",
            "The day a matter was opened has to be in the years 1 to 9999. Give another date.";
        DueOutOfRange = "due-out-of-range",
            "The day a matter is due has to be in the years 1 to 9999. Give another date.";
        ClientHasMatters { client: String, matters: String } = "client-has-matters",
            "{client} cannot be removed while it has matters: {matters}. Remove them first.";
        MatterChanged { title: String } = "matter-changed",
            "In the meantime somebody else changed the matter “{title}”. Look at it again, then repeat your change.";
        ClientChanged { client: String } = "client-changed",
            "In the meantime somebody else changed the client “{client}”. Look at it again, then repeat your change.";
        MatterChangedChoose { title: String } = "matter-changed-choose",
            "In the meantime somebody else changed the matter “{title}”. Neither version was written over the other: choose which one stays.";
        ClientChangedChoose { client: String } = "client-changed-choose",
            "In the meantime somebody else changed the client “{client}”. Neither version was written over the other: choose which one stays.";
        EditGone = "edit-gone", "This change does not wait any more. Look at the list again.";
        ClientRemoved { client: String } = "client-removed", "The client “{client}” was removed.";
        ClientOfMatterRemoved { client: String } = "client-of-matter-removed",
            "The client “{client}” was removed. Bring it back first, then its matters.";
        MatterRemoved { title: String } = "matter-removed",
            "The matter “{title}” was removed. Bring it back, then file to it.";
        MatterClosed { title: String } = "matter-closed",
            "The matter “{title}” is closed. Reopen it, then file to it.";
        MatterNumberRemoved { number: String } = "matter-number-removed",
            "Matter {number} has been removed. Bring it back to file to it.";
        MatterNumberClosed { number: String } = "matter-number-closed",
            "Matter {number} is closed. Reopen it to file to it.";
        NoSuchMatter { matter: String } = "no-such-matter", "There is no matter “{matter}” in this vault.";
        NoSuchClient { client: String } = "no-such-client", "There is no client “{client}” in this vault.";

        SourceHoldsVault { path: String, vault: String } = "source-holds-vault",
            "“{path}” holds the vault itself ({vault}), or is part of it. Name the folders beside it.";
        DropCancelled = "drop-cancelled", "The drop was cancelled. Drop its files again to file them.";
        DropPaused = "drop-paused", "The drop is paused. Resume it first.";
        DropNotRead = "drop-not-read", "The drop has not been read yet. Resume it first.";
        NoneMissing = "none-missing", "None of these files is missing any more. Look at the list again.";
        OneForSeveral = "one-for-several",
            "One file cannot stand for several. Name the folder they are in now.";

        DestinationIsVault { path: String } = "destination-is-vault",
            "“{path}” is part of the vault itself. Choose another folder.";
        DestinationBusy { path: String } = "destination-busy",
            "Another restore is writing to “{path}” now. Wait for it to finish, or choose another folder.";
        DestinationFull { path: String } = "destination-full",
            "There is no room left at “{path}”: the disk is full. Make room and restore again: what is there already is left as it is.";
        DestinationQuota { path: String } = "destination-quota",
            "There is no room left at “{path}”: your share of the disk is used up. Make room and restore again: what is there already is left as it is.";
        DestinationTaken { path: String } = "destination-taken",
            "“{path}” is not Strongroom's own, and nothing of it was changed. Give it another name, or restore to another folder.";
        FolderTaken = "folder-taken",
            "A link or a file stands in the place of its folder, and nothing is written through it. Move that away, or restore to another folder.";
        FolderNotMade { fault: Explained } = "folder-not-made", "Its folder could not be made: {fault}";
        NothingOfDrop = "nothing-of-drop",
            "Nothing of this drop is in the vault, so there is nothing to restore.";
        NothingOfMatter = "nothing-of-matter",
            "Nothing of this matter is in the vault, so there is nothing to restore.";
        NoneInMatter = "none-in-matter",
            "None of these documents is in the matter. List its folder again.";
        NoSuchContent = "no-such-content", "There is no document with this content in the vault.";
        NotAsFiled { name: String } = "not-as-filed",
            "Verification failed: what came of “{name}” is not what was filed. Nothing was opened. Try again; if it stays so, check the vault.";
        ThisNotAsFiled = "this-not-as-filed",
            "Verification failed: what came of this document is not what was filed. Nothing was opened. Try again; if it stays so, check the vault.";
        ContentMissing { name: String } = "content-missing",
            "Content missing: the vault has a record of “{name}”, but not its content. File it again, and the content is stored again.";
        ThisContentMissing = "this-content-missing",
            "Content missing: the vault has a record of this document, but not its content. File it again, and the content is stored again.";
        StoredTooLong = "stored-too-long",
            "Verification failed: what is stored is longer than what was filed. Nothing was given back in its place.";
        NoRoomForCopy = "no-room-for-copy",
            "There is no room left for a copy of the document. Make room and try again.";

        DiskFullFiling = "disk-full-filing", "The disk is full: filing is paused. Make room, then go on.";
        DiskFullVault = "disk-full-vault", "The disk is full: the vault cannot write. Make room, then go on.";
        DiskFullDatabase { database: Database } = "disk-full-database",
            "The disk is full: {database} cannot be written. Make room, then go on.";
        VaultInUse = "vault-in-use", "Another program is writing to the vault just now.";
        DatabaseInUse { database: Database } = "database-in-use", "Another program is using {database} just now.";
        DatabaseReadOnly { database: Database } = "database-read-only",
            "{database} may not be written to. Check the permissions of its folder.";
        VaultReadOnly = "vault-read-only",
            "The vault's database (vault.db) may not be written to. Check its permissions.";
        DatabaseNotOpened { database: Database } = "database-not-opened",
            "{database} cannot be opened. Check that you may write to its folder, and that its drive has room.";
        DatabaseFault { database: Database, fault: Explained } = "database-fault", "{database} could not be used: {fault}";
        VaultDamaged = "vault-damaged",
            "The vault's database (vault.db) is damaged. Nothing was changed. Put back a copy of the vault's folder from a backup; the documents themselves are in its folder “teams”.";
        VaultFileDamaged { path: String } = "vault-file-damaged",
            "{path} is damaged. Nothing was changed. Put back the file from a backup; the documents themselves are in the folder “teams” beside it.";
        JournalDamaged = "journal-damaged",
            "journal.db (the queue of this computer) is damaged. Nothing was changed. Put back one of its backups, which stand beside it, or move it away and drop the last folders again.";
        CacheDamaged = "cache-damaged",
            "cache.db (the copy of the vault's lists) is damaged. Nothing is lost: it is built again at the next start.";
        VaultNewer { path: String } = "vault-newer",
            "{path} was written by a newer version of Strongroom. Nothing was changed. Install the newer version to open it.";
        JournalNewer = "journal-newer",
            "journal.db (the queue of this computer) was written by a newer version of Strongroom. Nothing was changed. Install the newer version to go on.";
        VaultFileMissing { path: String } = "vault-file-missing",
            "{path} is missing or empty, but the vault holds documents. Nothing was changed. Put back the file from a backup: without it nothing is known of the documents.";
        NoVaultFile { path: String } = "no-vault-file",
            "{path} is a database, but not a vault's. Nothing was changed. Put back the right file, or choose another folder.";
        NoJournalFile = "no-journal-file",
            "journal.db is a database, but not a queue of Strongroom. Nothing was changed. Put back the right file, or choose another folder.";
        TooFewOpenFiles = "too-few-open-files",
            "Strongroom cannot open as many files as it needs: too many are open on this computer, or the limit for one program is too low. Close some programs, or have the limit raised (ulimit -n 1024), then try again.";

        // Last, because these sentences are mostly gaps.
        WhileLocked = "while-locked", "Open in another program.";
        CouldNot { action: Action, path: String, fault: Explained } = "could-not",
            "Could not {action} “{path}”: {fault}";
        SystemSays { action: Action, path: String, words: String } = "system-says",
            "Could not {action} “{path}”: the system says “{words}”. Try again. If it stays so, show this message to whoever looks after your computer.";
        Unreadable { fault: Explained } = "unreadable", "Could not be read: {fault}";
        Problem { problem: ReadableProblem } = "problem", "{problem}";
        Fault { fault: Explained } = "fault", "{fault}";
    }
}
