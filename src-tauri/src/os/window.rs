//! The window: created here rather than by the configuration, so that it can only show its own page.

use tauri::utils::config::WindowConfig;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder};

/// The label of the one window.
pub(crate) const MAIN: &str = "main";

/// Creates the window as configured.
///
/// # Errors
/// As the system reports them.
pub(crate) fn make(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN).cloned().unwrap_or_else(plain);
    let development = if tauri::is_dev() { app.config().build.dev_url.clone() } else { None };
    WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(move |to| is_own(to, development.as_ref()))
        // Links that request a new window get none.
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // The page downloads nothing; documents leave the vault only by restoring.
        .on_download(|_, _| false)
        .build()
}

fn plain() -> WindowConfig {
    WindowConfig { label: MAIN.to_owned(), ..WindowConfig::default() }
}

/// Brings the window to the front, wherever it is.
pub(crate) fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Whether an address is the page's own: Tauri's, or Vite's during development.
fn is_own(to: &Url, development: Option<&Url>) -> bool {
    let served = match (to.scheme(), to.host_str()) {
        ("tauri", Some("localhost")) => !cfg!(windows),
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    };
    served || development.is_some_and(|own| own.origin() == to.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(to: &str, development: Option<&str>) -> bool {
        is_own(&to.parse().unwrap(), development.map(|url| url.parse().unwrap()).as_ref())
    }

    #[test]
    fn the_window_navigates_only_to_its_own_page() {
        let page = if cfg!(windows) { "http://tauri.localhost/index.html" } else { "tauri://localhost/index.html" };
        assert!(own(page, None));
        for elsewhere in [
            "https://example.org/",
            "http://127.0.0.1:1420/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "blob:null/1",
            "about:blank",
            "tauri://localhost.example.org/",
            "https://tauri.localhost.example.org/",
        ] {
            assert!(!own(elsewhere, None), "{elsewhere}");
        }
    }

    #[test]
    fn under_development_the_page_is_that_of_vite() {
        assert!(own("http://127.0.0.1:1420/src/main.ts", Some("http://127.0.0.1:1420")));
        assert!(!own("http://127.0.0.1:1421/", Some("http://127.0.0.1:1420")));
        assert!(!own("https://127.0.0.1:1420/", Some("http://127.0.0.1:1420")));
    }
}
