//! What this program is.

use serde::Serialize;

/// What the window says about the program it belongs to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    /// The version, as in `0.1.0`.
    version: &'static str,
}

/// Names the version of the running program.
#[tauri::command]
pub(crate) fn about() -> About {
    About { version: env!("CARGO_PKG_VERSION") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_told_the_version_of_this_build() {
        let told = serde_json::to_value(about()).expect("About is plain data");
        assert_eq!(told, serde_json::json!({ "version": env!("CARGO_PKG_VERSION") }));
    }
}
