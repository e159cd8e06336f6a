//! The system this runs on, as far as preparing it differs.

use std::{env, fs};

/// What is installed how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    /// Debian, Ubuntu and what is made of them: packages by apt.
    Debian,
    /// Any other Linux: we name the packages, the person installs them.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// The system this runs on.
pub(crate) fn here() -> Platform {
    if cfg!(target_os = "macos") {
        Platform::Mac
    } else if cfg!(windows) {
        Platform::Windows
    } else if fs::read_to_string("/etc/os-release").is_ok_and(|release| is_debian(&release)) {
        Platform::Debian
    } else {
        Platform::Linux
    }
}

/// Whether a window can be opened here: always on a desktop system, on Linux when a display is announced.
pub(crate) fn has_display() -> bool {
    let announced = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    match here() {
        Platform::Mac | Platform::Windows => true,
        Platform::Debian | Platform::Linux => announced("DISPLAY") || announced("WAYLAND_DISPLAY"),
    }
}

/// Reads `ID` and `ID_LIKE` of an os-release file.
fn is_debian(release: &str) -> bool {
    release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|id| id == "debian" || id == "ubuntu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_known_by_their_release_file() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nNAME=\"not debian\"\n"));
    }
}
