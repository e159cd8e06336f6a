//! Forbidden actions of the page, tested in the built app: its policies differ from those of a development server.

use journeys::{Desktop, Page, Window};

/// Sends a request to the shell as the page's own code would, and returns the answer.
async fn ask(page: &Page, command: &str, arguments: &str) -> String {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         window.__TAURI_INTERNALS__.invoke('{command}', {arguments}) \
           .then((answer) => done('answered: ' + JSON.stringify(answer)), (error) => done('refused: ' + JSON.stringify(error)))"
    );
    page.run_async(&script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_page_has_exactly_the_granted_permissions() {
    let desktop = Desktop::start(1280, 900);
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Welcome to Strongroom").await;

    let granted = ask(&page, "folders", "{ matter: 'general', path: '' }").await;
    assert_eq!(granted, "answered: []");
    for (command, arguments) in [
        ("plugin:event|listen", "{ event: 'tauri://drag-drop', target: { kind: 'Any' }, handler: 1 }"),
        ("plugin:opener|open_path", "{ path: '/etc/passwd' }"),
        ("plugin:notification|notify", "{ options: { title: 'x' } }"),
        ("plugin:window|close", "{ label: 'main' }"),
        ("plugin:webview|create_webview_window", "{ options: { label: 'x', url: 'https://example.com' } }"),
        ("plugin:fs|read_file", "{ path: '/etc/passwd' }"),
        ("plugin:shell|execute", "{ program: 'id' }"),
        ("no_such_command", "{}"),
    ] {
        let answer = ask(&page, command, arguments).await;
        assert!(answer.starts_with("refused: "), "{command}: {answer}");
        assert!(answer.contains("not allowed") || answer.contains("not found"), "{command}: {answer}");
    }
    window.close(&desktop).await;
}

#[tokio::test]
async fn the_page_loads_nothing_external_and_runs_only_its_own_scripts() {
    let desktop = Desktop::start(1280, 900);
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Welcome to Strongroom").await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();

    let fetched = format!(
        "const done = arguments[arguments.length - 1]; \
         fetch('http://{address}/').then(() => done('fetched'), () => done('refused'))"
    );
    assert_eq!(page.run_async(&fetched).await, "refused");
    let image = format!(
        "const done = arguments[arguments.length - 1]; const image = new Image(); \
         image.onload = () => done('loaded'); image.onerror = () => done('refused'); image.src = 'http://{address}/a.png'"
    );
    assert_eq!(page.run_async(&image).await, "refused");
    assert!(listener.accept().is_err(), "a request arrived at {address}");

    let inline = "window.ran = false; const script = document.createElement('script'); \
                  script.textContent = 'window.ran = true'; document.body.append(script); return window.ran";
    assert_eq!(page.run(inline).await, false);
    let evaluated = "const done = arguments[arguments.length - 1]; \
                     const button = document.createElement('button'); button.setAttribute('onclick', 'window.ran = true'); \
                     document.body.append(button); button.click(); button.remove(); done(window.ran)";
    assert_eq!(page.run_async(evaluated).await, false);
    assert_eq!(page.run("window.open('https://example.com/'); return location.protocol").await, "tauri:");
    page.run("location.href = 'https://example.com/'").await;
    page.wait_says("Welcome to Strongroom").await;
    assert_eq!(page.run("return typeof window.__TAURI__").await, "undefined");
    window.close(&desktop).await;
}
