//! Keeps the table in `ARCHITECTURE.md` true: which crate never uses what.
//!
//! *Never* is meant for everything a crate brings along when it is built for its users (normal dependencies, on every
//! system, with every feature), not only for what it names itself. Tests may use what they like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package, PackageId};

/// A line of the table: these crates never use those.
struct Never {
    crates: &'static [&'static str],
    uses: &'static [&'static str],
    reach: Reach,
    because: &'static str,
}

/// How far *uses* goes.
#[derive(PartialEq)]
enum Reach {
    /// Whatever comes along.
    Anything,
    /// What the crate names itself: the shell and the command line stand on crates that do use these.
    Itself,
}

const TABLE: [Never; 9] = [
    Never {
        crates: &["vault-core"],
        uses: &["tauri", "sqlx", "reqwest", "tonic", "keyring", "oauth2", "rfd"],
        reach: Reach::Anything,
        because: "the vault is testable in milliseconds, and outlives its shell",
    },
    Never {
        crates: &["vault-store", "vault-local"],
        uses: &["tauri", "reqwest", "tonic"],
        reach: Reach::Anything,
        because: "what is kept on this computer needs no network and no window",
    },
    Never {
        crates: &["vault-home"],
        uses: &["tauri", "reqwest", "tonic"],
        reach: Reach::Anything,
        because: "the vault of this computer opens without network and window",
    },
    Never {
        crates: &["vault-jobs"],
        uses: &["vault-store", "vault-local", "vault-home", "tauri", "sqlx", "reqwest", "tonic", "rfd"],
        reach: Reach::Anything,
        because: "what is under way is the same for every vault and every window",
    },
    Never {
        crates: &["vault-firebase"],
        uses: &["tauri", "sqlx"],
        reach: Reach::Anything,
        because: "what is kept in the cloud needs no database here and no window",
    },
    Never {
        crates: &["vault-keychain"],
        uses: &["tauri", "sqlx", "reqwest", "tonic"],
        reach: Reach::Anything,
        because: "what keeps secrets opens no window, no database and no connection to a server",
    },
    Never {
        crates: &["vault-firm"],
        uses: &["tauri", "sqlx", "reqwest", "tonic"],
        reach: Reach::Itself,
        because: "it puts a firm's vault together, and leaves servers and databases to what it is made of",
    },
    Never {
        crates: &["vault-preview"],
        uses: &["vault", "tauri", "sqlx", "reqwest", "tonic", "tokio"],
        reach: Reach::Anything,
        because: "what reads hostile documents reaches nothing else",
    },
    Never {
        crates: &["strongroom-desktop", "vault-cli"],
        uses: &["sqlx", "reqwest", "tonic", "vault-store", "vault-local"],
        reach: Reach::Itself,
        because: "a command sends a request, and nothing more",
    },
];

/// Crates of the table that are still to be written. One that exists must not stand here.
const TO_BE_WRITTEN: &[&str] = &[];

#[test]
fn no_crate_uses_what_the_table_forbids() {
    let workspace = workspace();
    let mut violations = Vec::new();
    for line in &TABLE {
        for name in line.crates {
            let Some(member) = member(&workspace, name) else { continue };
            for (used, way) in reached(&workspace, member, &line.reach) {
                if line.uses.iter().any(|forbidden| is(&used, forbidden)) {
                    violations.push(format!("{name} never uses {used} ({}), but: {way}", line.because));
                }
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_crate_of_the_table_exists_or_is_known_to_be_missing() {
    let workspace = workspace();
    for name in TABLE.iter().flat_map(|line| line.crates) {
        let exists = member(&workspace, name).is_some();
        assert_ne!(exists, TO_BE_WRITTEN.contains(name), "{name}: has the table, or TO_BE_WRITTEN, been kept?");
    }
}

/// If this failed, the other test would pass whatever the crates did.
#[test]
fn dependencies_of_dependencies_are_seen() {
    let workspace = workspace();
    let shell = member(&workspace, "strongroom-desktop").expect("the shell is a member");
    let all = reached(&workspace, shell, &Reach::Anything);
    assert!(all.contains_key("tauri"));
    assert_eq!(all["wry"].split(" → ").next(), Some("strongroom-desktop"), "tauri brings wry along: {}", all["wry"]);
    assert!(!reached(&workspace, shell, &Reach::Itself).contains_key("wry"));
    assert!(!all.contains_key("tauri-build"), "what only builds the shell is not used by it");
}

/// `tauri` stands for `tauri-plugin-…` and all of its kind; `tauri-build` and the like don't escape by their names.
fn is(used: &str, forbidden: &str) -> bool {
    used == forbidden || used.strip_prefix(forbidden).is_some_and(|rest| rest.starts_with('-'))
}

fn workspace() -> Metadata {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let mut command = MetadataCommand::new();
    command.manifest_path(manifest).features(CargoOpt::AllFeatures);
    command.exec().expect("cargo metadata describes the workspace")
}

fn member<'a>(workspace: &'a Metadata, name: &str) -> Option<&'a Package> {
    workspace.workspace_packages().into_iter().find(|package| package.name == name)
}

/// The crates that a member uses, each with the shortest way to it.
fn reached(workspace: &Metadata, member: &Package, reach: &Reach) -> BTreeMap<String, String> {
    let graph = workspace.resolve.as_ref().expect("metadata comes with dependencies");
    let nodes = graph.nodes.iter().map(|node| (&node.id, node)).collect::<BTreeMap<_, _>>();
    let name = |id: &PackageId| workspace[id].name.to_string();
    let mut ways = BTreeMap::new();
    let mut seen = BTreeSet::from([&member.id]);
    let mut open = VecDeque::from([(&member.id, name(&member.id))]);
    while let Some((id, way)) = open.pop_front() {
        let normal = nodes[id]
            .deps
            .iter()
            .filter(|dependency| dependency.dep_kinds.iter().any(|found| found.kind == DependencyKind::Normal));
        for dependency in normal {
            if seen.insert(&dependency.pkg) {
                let used = name(&dependency.pkg);
                let way = format!("{way} → {used}");
                ways.entry(used).or_insert_with(|| way.clone());
                if *reach == Reach::Anything {
                    open.push_back((&dependency.pkg, way));
                }
            }
        }
    }
    ways
}
