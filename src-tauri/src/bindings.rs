//! The commands and their types for the page: `ui/src/lib/backend/bindings.ts` is generated from here.

use tauri_specta::{Builder, collect_commands};

use crate::commands;

/// All commands with their types.
pub(crate) fn commands() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .commands(every_command!(collect_commands))
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    const BINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/backend/bindings.ts");
    const CAPABILITY: &str = include_str!("../capabilities/main.json");

    macro_rules! names {
        ($(commands::$module:ident::$command:ident),*) => { [$(stringify!($command)),*] };
    }

    /// `UPDATE_BINDINGS=1 cargo test -p strongroom-desktop bindings` regenerates them.
    #[test]
    fn the_bindings_are_those_of_the_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        super::commands().export(specta_typescript::Typescript::default(), &fresh).unwrap();
        let fresh = fs::read_to_string(fresh).unwrap();
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            fs::write(BINDINGS, &fresh).unwrap();
        }
        let committed = fs::read_to_string(BINDINGS).unwrap().replace("\r\n", "\n");
        let differs = fresh.lines().zip(committed.lines()).find(|(fresh, committed)| fresh != committed);
        assert!(
            fresh == committed,
            "bindings.ts is not that of the commands (first difference: {differs:?}). UPDATE_BINDINGS=1 writes it anew."
        );
    }

    #[test]
    fn the_window_is_granted_every_command_and_nothing_else() {
        let capability: serde_json::Value = serde_json::from_str(CAPABILITY).unwrap();
        let granted = capability["permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap());
        let granted: BTreeSet<String> = granted.map(str::to_owned).collect();
        let listed = every_command!(names).map(|name| format!("allow-{}", name.replace('_', "-")));
        assert_eq!(granted, BTreeSet::from(listed));
        assert_eq!(capability["windows"], serde_json::json!(["main"]));
        assert!(capability.get("remote").is_none(), "no page from elsewhere may ask anything");
    }

    #[test]
    fn there_is_no_other_capability() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/capabilities");
        let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["main.json"]);
    }
}
