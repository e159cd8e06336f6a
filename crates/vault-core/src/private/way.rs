//! The folders above a private one: a user who may write to one of them can replace the folder below. They are checked
//! like `sshd` does with `StrictModes`.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::{keeps_rights, refused};

/// Others may create entries there, but not touch those of other users.
const STICKY: u32 = 0o1000;

/// Checks the folders above `folder`, which need not exist. Links on the way are checked as well as their targets.
///
/// The user's home is the last folder that is checked, as with `sshd`: a user who can replace that controls the account
/// anyway, and the folders above it are up to the administrator.
///
/// # Errors
/// A sentence if others could replace one of the folders.
pub(super) fn check(folder: &Path) -> io::Result<()> {
    let user = User::of_this_process();
    let homes: Vec<PathBuf> =
        std::env::home_dir().into_iter().flat_map(|home| [home.canonicalize().ok(), Some(home)]).flatten().collect();
    // The target of another user's link is up to that user.
    if fs::symlink_metadata(folder).is_ok_and(|entry| entry.is_symlink() && !user.trusts(entry.uid())) {
        return Err(why_not(folder, folder, false));
    }
    one_way(folder, &user, &homes, folder.ancestors().skip(1))?;
    match folder.canonicalize() {
        Ok(real) => one_way(folder, &user, &homes, real.ancestors().skip(1)),
        // What is created below the last existing folder is created for this user only.
        Err(_) => match folder.ancestors().find_map(|above| above.canonicalize().ok()) {
            Some(real) => one_way(folder, &user, &homes, real.ancestors()),
            None => Ok(()),
        },
    }
}

fn one_way<'a>(folder: &Path, user: &User, homes: &[PathBuf], above: impl Iterator<Item = &'a Path>) -> io::Result<()> {
    for above in above {
        if let (Ok(entry), Ok(about)) = (fs::symlink_metadata(above), fs::metadata(above)) {
            let ours = user.trusts(entry.uid()) && user.trusts(about.uid());
            if (!ours || user.lets_others_write(&about)) && keeps_rights(above) {
                return Err(why_not(folder, above, ours));
            }
        }
        if homes.iter().any(|home| home == above) {
            break;
        }
    }
    Ok(())
}

fn why_not(folder: &Path, above: &Path, ours: bool) -> io::Error {
    let (why, how) = if ours {
        let how = format!("Take that right away (chmod go-w \"{}\"), or choose another folder.", above.display());
        ("can be written to by others", how)
    } else {
        ("belongs to somebody else", "Choose a folder of your own.".to_owned())
    };
    refused(above, why, &format!("“{}” is below it. {how}", folder.display()))
}

/// The user that runs this program.
struct User {
    id: u32,
    group: u32,
    /// Whether `group` has no other member.
    has_own_group: bool,
    /// The id that the system shows as the owner of files of unknown users.
    unknown: Option<u32>,
}

impl User {
    fn of_this_process() -> Self {
        let id = rustix::process::geteuid().as_raw();
        let group = rustix::process::getegid().as_raw();
        let text = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let has_own_group = is_own_group(id, group, &text("/etc/passwd"), &text("/etc/group"));
        Self { id, group, has_own_group, unknown: unknown_user(&text("/proc/self/uid_map")) }
    }

    /// Whether an owner is trusted: this user, the administrator, or unknown in a sandbox.
    fn trusts(&self, owner: u32) -> bool {
        owner == self.id || owner == 0 || Some(owner) == self.unknown
    }

    /// The user's private group does not count as others: Fedora and Ubuntu give every user one, with write permission.
    /// Nor does the group of `root`.
    fn lets_others_write(&self, about: &Metadata) -> bool {
        let mode = about.permissions().mode();
        let own_group = about.gid() == 0 || (about.gid() == self.group && self.has_own_group);
        let others = if own_group { 0o002 } else { 0o022 };
        mode & others != 0 && mode & STICKY == 0
    }
}

/// Whether a group is the user's private group, according to this computer's files. A group from a directory server
/// counts if it has the user's number, which is how private groups are made.
fn is_own_group(user: u32, group: u32, users: &str, groups: &str) -> bool {
    let is = |field: Option<&&str>, number: u32| field.is_some_and(|field| field.parse() == Ok(number));
    let mut name = None;
    for line in users.lines() {
        let user_of: Vec<&str> = line.split(':').collect();
        if is(user_of.get(2), user) {
            name = user_of.first().copied();
        } else if is(user_of.get(3), group) {
            return false;
        }
    }
    let listed = groups.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|of| is(of.get(2), group));
    let Some(listed) = listed else { return user == group };
    let mut members =
        listed.get(3).into_iter().flat_map(|members| members.split(',')).filter(|member| !member.is_empty());
    (user == group || listed.first().copied() == name) && members.all(|member| Some(member) == name)
}

/// In a sandbox that maps only some users (as those of Flatpak and Podman), files of root and all unmapped users belong
/// to one placeholder id, which no process inside has.
fn unknown_user(map: &str) -> Option<u32> {
    let knows_all = map.split_whitespace().eq(["0", "0", "4294967295"]);
    if map.is_empty() || knows_all {
        return None;
    }
    fs::read_to_string("/proc/sys/kernel/overflowuid").ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    #[test]
    fn a_group_is_its_users_alone_where_nobody_else_is_in_it() {
        let users = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:100::/:/\n";
        for (user, group, groups, own) in [
            (1000, 1000, "ann:x:1000:", true),
            (1000, 1000, "ann:x:1000:ann", true),
            (1000, 1000, "ann:x:1000:ann,www", false),
            (1000, 1005, "ann:x:1005:", true),
            (1000, 1005, "staff:x:1005:", false),
            (1000, 100, "users:x:100:", false),
            (5000, 5000, "", true),
            (5000, 5001, "", false),
        ] {
            assert_eq!(is_own_group(user, group, users, groups), own, "{user} {group} {groups}");
        }
    }

    #[test]
    fn a_sandbox_is_told_by_the_users_it_knows() {
        assert_eq!(unknown_user("         0          0 4294967295\n"), None);
        assert_eq!(unknown_user(""), None);
        #[cfg(target_os = "linux")]
        assert!(unknown_user("      1000       1000          1\n").is_some());
    }

    fn folder(path: &Path, mode: u32) {
        fs::create_dir(path).expect("made");
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn no_folder_above_may_be_written_to_by_others() {
        let place = tempfile::tempdir().expect("a folder");
        for (mode, good) in [(0o700, true), (0o755, true), (0o1777, true), (0o777, false), (0o757, false)] {
            let above = place.path().join(format!("{mode:o}"));
            folder(&above, mode);
            fs::create_dir(above.join("own")).expect("made");
            for home in ["home", "own/home", "own/new/home"] {
                let checked = check(&above.join(home));
                assert_eq!(checked.is_ok(), good, "{mode:o} {home}: {checked:?}");
            }
            let message = check(&above.join("home")).err().map(|error| error.to_string());
            assert!(good || message.is_some_and(|message| message.contains("can be written to by others")));
        }
    }

    /// The link, and its target.
    #[test]
    fn a_link_on_the_way_is_looked_at_on_both_sides() {
        let place = tempfile::tempdir().expect("a folder");
        let (shared, own) = (place.path().join("shared"), place.path().join("own"));
        folder(&shared, 0o777);
        folder(&own, 0o700);
        fs::create_dir(shared.join("deep")).expect("made");
        std::os::unix::fs::symlink(&own, shared.join("out")).expect("a link");
        std::os::unix::fs::symlink(shared.join("deep"), own.join("in")).expect("a link");
        assert!(check(&shared.join("out/home")).is_err());
        assert!(check(&own.join("in")).is_err());
        assert!(check(&own.join("in/home")).is_err());
        assert!(check(&own.join("home")).is_ok());
    }
}
