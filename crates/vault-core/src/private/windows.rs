//! Restricting a folder on Windows: it gets its own access control list, which inherits nothing.

use std::io;
use std::path::Path;

use windows_permissions::constants::{SeObjectType, SecurityInformation};
use windows_permissions::utilities::current_process_sid;
use windows_permissions::wrappers::{
    ConvertSecurityDescriptorToStringSecurityDescriptor, GetNamedSecurityInfo, SetNamedSecurityInfo,
};
use windows_permissions::{LocalBox, SecurityDescriptor};

use super::list::lets_in_no_more_than;
use super::refused;

/// The errors of a drive without access control lists: `ERROR_INVALID_FUNCTION` and `ERROR_NOT_SUPPORTED`.
const NO_LISTS: [i32; 2] = [1, 50];

/// Restricts a folder and everything created in it to this user, the system and administrators. One that is restricted
/// already is left alone: Windows would go through everything in it, which takes a while in a large vault.
///
/// # Errors
/// As the system reports them; a sentence if this user may not restrict it.
pub(super) fn shut(folder: &Path) -> io::Result<()> {
    let user = current_process_sid()?;
    let wanted: LocalBox<SecurityDescriptor> =
        format!("D:P(A;OICI;FA;;;{user})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)").parse()?;
    let now = match GetNamedSecurityInfo(folder, SeObjectType::SE_FILE_OBJECT, SecurityInformation::Dacl) {
        Err(error) if has_no_lists(&error) => return Ok(()),
        now => now?,
    };
    if lets_in_no_more_than(&text(&now)?, &text(&wanted)?) {
        return Ok(());
    }
    let parts = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
    match SetNamedSecurityInfo(folder, SeObjectType::SE_FILE_OBJECT, parts, None, None, wanted.dacl(), None) {
        Err(error) if has_no_lists(&error) => Ok(()),
        Err(error) if has_no_lists(&error) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(refused(folder, "is not yours to keep to yourself", "Choose a folder of your own."))
        }
        set => set,
    }
}

/// A list as text (SDDL), in the form that Windows writes.
fn text(of: &SecurityDescriptor) -> io::Result<String> {
    let text = ConvertSecurityDescriptorToStringSecurityDescriptor(of, SecurityInformation::Dacl)?;
    Ok(text.to_string_lossy().into_owned())
}

fn has_no_lists(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| NO_LISTS.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list_of(path: &Path) -> String {
        let list = GetNamedSecurityInfo(path, SeObjectType::SE_FILE_OBJECT, SecurityInformation::Dacl).expect("a list");
        text(&list).expect("text")
    }

    /// Wine maps a list to a Unix file mode and drops the rest, so this works on Windows only.
    #[test]
    fn a_folder_is_its_users_alone_and_so_is_what_is_made_in_it() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("home");
        std::fs::create_dir(&folder).expect("made");
        for _ in 0..2 {
            shut(&folder).expect("shut");
            let list = list_of(&folder);
            assert!(list.starts_with("D:P"), "nothing is inherited: {list}");
            assert_eq!(list.matches("(A;").count(), 3, "{list}");
        }
        let file = folder.join("cache.db");
        std::fs::write(&file, "x").expect("written");
        assert_eq!(list_of(&file).matches("(A;").count(), 3);
        assert_eq!(std::fs::read(&file).expect("read"), b"x");
    }
}
