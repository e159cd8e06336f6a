//! Drives of other kinds, made in a file and mounted if this computer and user may.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A kind of drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ext4 as it once was: times in whole seconds, until 2038.
    SmallInodes,
    ExFat,
    Fat,
}

/// A drive, mounted as long as this lives.
pub(crate) struct Drive {
    kind: Kind,
    image: PathBuf,
    at: PathBuf,
    /// The loop device of the image, if the mount uses one.
    device: Option<String>,
    /// Whether a program serves it, and not the system.
    pub(crate) by_program: bool,
}

impl Drive {
    /// Makes a drive in `place`; `None`, with a message, if that is not possible.
    #[allow(clippy::print_stderr, reason = "the output of a test names what it could not try")]
    pub(crate) fn make(kind: Kind, place: &Path) -> Option<Self> {
        let image = place.join(format!("{kind:?}.img"));
        let at = place.join(format!("{kind:?}"));
        File::create(&image).and_then(|file| file.set_len(96 << 20)).expect("an image");
        std::fs::create_dir(&at).expect("a folder");
        let made = match kind {
            Kind::SmallInodes => runs(Command::new("mkfs.ext4").args(["-q", "-F", "-I", "128"]).arg(&image)),
            Kind::ExFat => runs(Command::new("mkfs.exfat").arg(&image)),
            Kind::Fat => runs(Command::new("mkfs.vfat").arg(&image)),
        };
        let mut drive = Self { kind, image, at, device: None, by_program: false };
        if made && drive.mount() {
            return Some(drive);
        }
        eprintln!("left out: no drive of the kind {kind:?} can be mounted here; made-up ones stand for it");
        None
    }

    /// Where it is mounted.
    pub(crate) fn path(&self) -> &Path {
        &self.at
    }

    /// Removes the drive and brings it back, as a stick that is pulled out: data only in memory is gone.
    pub(crate) fn again(&mut self) {
        self.unmount();
        assert!(self.mount(), "mounted once, mounted twice");
    }

    fn mount(&mut self) -> bool {
        let (image, at) = (self.image.clone(), self.at.clone());
        if runs(Command::new("mount").args(["-o", "loop"]).arg(&image).arg(&at)) {
            return true;
        }
        self.by_program = true;
        match self.kind {
            Kind::SmallInodes => false,
            Kind::ExFat => {
                let device = Command::new("losetup").args(["--find", "--show"]).arg(&image).output();
                let device = device.ok().filter(|output| output.status.success());
                self.device = device.and_then(|output| Some(String::from_utf8(output.stdout).ok()?.trim().to_owned()));
                self.device.as_ref().is_some_and(|device| runs(Command::new("mount.exfat-fuse").arg(device).arg(&at)))
            }
            Kind::Fat => runs(Command::new("fusefat").args(["-o", "rw+"]).arg(&image).arg(&at)),
        }
    }

    fn unmount(&mut self) {
        // A program that serves a drive ends a moment after it was unmounted; only then the image is complete.
        let _ = runs(Command::new("umount").arg(&self.at));
        if let Some(device) = self.device.take() {
            let _ = runs(Command::new("losetup").args(["--detach", &device]));
        }
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        self.unmount();
    }
}

fn runs(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
