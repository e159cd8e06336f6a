//! The vault's own folder reached by another path: it is never filed into itself, nor restored into.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::folder::write;
use crate::common::{Place, list, number, paths, text};

/// The test runs itself again inside a separate mount namespace.
const INSIDE: &str = "STRONGROOM_TEST_BIND_MOUNT";

fn in_a_namespace(name: &str, test: fn()) {
    if std::env::var_os(INSIDE).is_some() {
        return test();
    }
    let me = std::env::current_exe().unwrap();
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user"]).arg(me).args(["--exact", "--nocapture", name]).env(INSIDE, "1");
    let output = command.output().expect("unshare, of util-linux");
    assert!(output.status.success(), "{output:?}");
}

fn bind(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let mounted = Command::new("mount").arg("--bind").args([from, to]).status().unwrap();
    assert!(mounted.success());
}

#[test]
fn the_home_behind_a_bind_mount_is_left_out_or_refused() {
    in_a_namespace("the_home_behind_a_bind_mount_is_left_out_or_refused", || {
        let place = Place::new();
        write(place.path("Box/a.pdf"), "a", 0);
        place.file("Box/a.pdf");
        bind(&place.home(), &place.path("Box/deep/home"));
        bind(&place.home().join("vault/teams"), &place.path("Box/deep/content"));
        bind(&place.home(), &place.path("mounted"));

        let filed = place.file("Box");
        assert_eq!(paths(&filed, "leftOutFiles"), ["Box/deep/content", "Box/deep/home"], "{filed:#}");
        assert_eq!(number(&filed, "found"), 3, "{filed:#}");
        let reason = text(&list(&filed, "leftOutFiles")[0], "reason");
        assert_eq!(reason, "The vault itself is kept here. It is not filed into itself.");

        for source in
            ["mounted", "mounted/vault", "mounted/left-out.txt", "Box/deep/content", "Box/deep/home/vault/tmp"]
        {
            for command in ["preflight", "file"] {
                let (code, document) = place.json([command, source, "--matter", "general"]);
                assert_eq!((code, text(&document["error"], "code")), (2, "invalid"), "{source}: {document:#}");
            }
        }
        for destination in ["mounted", "mounted/new", "Box/deep/content/new/folder"] {
            let (code, document) = place.json(["restore", "--matter", "general", destination]);
            assert_eq!((code, text(&document["error"], "code")), (2, "invalid"), "{destination}: {document:#}");
        }
        for mount in ["Box/deep/home", "Box/deep/content", "mounted"] {
            assert!(Command::new("umount").arg(place.path(mount)).status().unwrap().success());
        }
        assert!(!place.home().join("new").exists());
    });
}
