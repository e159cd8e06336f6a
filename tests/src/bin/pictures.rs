//! The pictures of the README: the real window, light and dark, with a made-up firm.
//!
//! `pictures STRONGROOM BINDER BOX FOLDER` files the folder `BINDER` with the command line, drags `BOX` onto the
//! window, and writes the pictures to `FOLDER`. `cargo xtask run` makes both folders.

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    linux::run().await;
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsStr;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use journeys::{Desktop, Drag, Page, Window, key};

    /// The page is painted a moment after its state changes.
    const PAINTED: Duration = Duration::from_secs(2);

    pub(super) async fn run() {
        let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
        let [strongroom, binder, second, folder] = args.as_slice() else {
            panic!("the command line's program, a folder to file, one to drag, a folder for the pictures");
        };
        let desktop = Desktop::start(1400, 960);
        furnish(&desktop, strongroom, binder);
        let window = Window::open(&desktop).await;
        let page = window.page();
        page.wait_says("Welcome to Strongroom").await;
        page.press("2024-001").await;
        let drag = Drag::begin(&desktop, [second]).await;
        drag.over(window.on_screen(&desktop, page.middle("main").await)).await;
        page.wait_says("File to").await;
        drag.release();
        page.wait_named("File 4 files").await;
        for look in ["light", "dark"] {
            theme(&page, look).await;
            document(&page).await;
            picture(&desktop, folder, &format!("document-{look}")).await;
            page.press("Review…").await;
            page.wait_says("Nothing has been stored yet").await;
            picture(&desktop, folder, &format!("preflight-{look}")).await;
        }
        window.close(&desktop).await;
    }

    /// Shows a document that was filed from two folders.
    async fn document(page: &Page) {
        page.press("2024-001").await;
        page.press("Client binder").await;
        page.type_keys(key::ENTER).await;
        page.press("Include subfolders").await;
        page.press("Master Services Agreement (signed).pdf").await;
        page.type_keys(key::ENTER).await;
        page.wait_says("WHERE IT CAME FROM").await;
        page.wait_for("canvas").await;
    }

    fn furnish(desktop: &Desktop, strongroom: &Path, binder: &Path) {
        let run = |args: &[&OsStr]| {
            let status = desktop.command(strongroom).args(args).stdout(std::process::Stdio::null()).status();
            assert!(status.is_ok_and(|status| status.success()), "{args:?}");
        };
        let say = |text: &str| run(&text.split('|').map(OsStr::new).collect::<Vec<_>>());
        for client in ["ABC Corporation", "Estate of M. Okafor", "Northwind Trading"] {
            say(&format!("clients|add|{client}"));
        }
        for (number, title, client) in [
            ("2024-001", "Contract Review — software licence", "ABC Corporation"),
            ("2024-017", "Lease dispute, 12 Harbour Street", "ABC Corporation"),
            ("2023-112", "Probate and inventory", "Estate of M. Okafor"),
            ("2024-020", "Employment — separation agreements", "Northwind Trading"),
        ] {
            say(&format!("matters|add|--number|{number}|--title|{title}|--client|{client}"));
        }
        run(&["file".as_ref(), binder.as_ref(), "--matter".as_ref(), "2024-001".as_ref()]);
    }

    async fn theme(page: &Page, theme: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const {{ invoke }} = window.__TAURI_INTERNALS__; \
             invoke('snapshot').then(({{ settings }}) => \
               invoke('save_settings', {{ form: {{ ...settings, theme: '{theme}' }} }})).then(() => done(true), done)"
        );
        assert_eq!(page.run_async(&script).await, true);
        page.run("location.reload()").await;
        page.wait_for("[data-matter]").await;
    }

    async fn picture(desktop: &Desktop, folder: &Path, name: &str) {
        tokio::time::sleep(PAINTED).await;
        let window = desktop.find_window("^Strongroom$").expect("the window");
        let file = std::path::absolute(folder).expect("a folder").join(format!("{name}.png"));
        let taken = desktop.command("import").args(["-window", &window]).arg(&file).status();
        assert!(taken.is_ok_and(|status| status.success()), "import, of ImageMagick");
    }
}
