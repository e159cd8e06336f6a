//! Forbidden actions of the page, tested against the rules the program is built with.

use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

/// An app with our rules in which every command answers, once it is reached.
fn program() -> App<MockRuntime> {
    mock_builder()
        .invoke_handler(|invoke| {
            invoke.resolver.resolve("reached");
            true
        })
        .build(tauri::generate_context!(test = true))
        .unwrap()
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default()).build().unwrap()
}

fn ask(window: &WebviewWindow<MockRuntime>, command: &str, from: &str) -> Result<String, String> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: from.parse().unwrap(),
        body: InvokeBody::default(),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    let answer = get_ipc_response(window, request);
    answer.map(|body| body.deserialize().unwrap()).map_err(|refused| refused.to_string())
}

/// The page's own address.
const PAGE: &str = if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/" };

#[test]
fn the_page_reaches_its_commands_and_no_others() {
    let app = program();
    let main = window(&app, "main");
    for granted in ["snapshot", "submit", "open_document"] {
        assert_eq!(ask(&main, granted, PAGE).as_deref(), Ok("reached"), "{granted}");
    }
    for other in [
        "not_a_command",
        // Tauri's own drag events carry paths.
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:menu|new",
        "plugin:tray|new",
        "plugin:resources|close",
        "plugin:window-state|save_window_state",
        "plugin:opener|open_path",
        "plugin:opener|open_url",
        "plugin:fs|read_file",
        "plugin:shell|execute",
    ] {
        assert!(ask(&main, other, PAGE).is_err(), "{other} was reached");
    }
}

#[test]
fn no_other_window_and_no_other_page_reaches_anything() {
    let app = program();
    let (main, other) = (window(&app, "main"), window(&app, "other"));
    assert!(ask(&other, "snapshot", PAGE).is_err());
    for elsewhere in ["https://example.org/", "http://localhost/", "http://tauri.localhost.example.org/"] {
        assert!(ask(&main, "snapshot", elsewhere).is_err(), "{elsewhere}");
    }
}
