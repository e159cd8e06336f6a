//! The page as a user sees and uses it: elements are found by their names.

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::Value;

use crate::wait::{patiently, until};

/// Keys without a letter, by the code points of the `WebDriver` standard.
pub mod key {
    /// Return.
    pub const ENTER: &str = "\u{E007}";
    /// Escape.
    pub const ESCAPE: &str = "\u{E00C}";
    /// Tab.
    pub const TAB: &str = "\u{E004}";
    /// Arrow down.
    pub const DOWN: &str = "\u{E015}";
    /// Control.
    pub const CONTROL: &str = "\u{E009}";
}

/// The key that marks an element in a driver's answers: <https://www.w3.org/TR/webdriver2/#elements>.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The page of the window.
#[derive(Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Waits for the first element that matches this selector.
    pub async fn wait_for(&self, css: &str) -> Element {
        until(css, || async move { self.client.find(Locator::Css(css)).await.ok() }).await
    }

    /// Waits until no element matches this selector.
    pub async fn wait_gone(&self, css: &str) {
        until(&format!("no {css}"), || async move { self.client.find(Locator::Css(css)).await.is_err().then_some(()) })
            .await;
    }

    /// Whether this text is visible now.
    pub async fn says(&self, text: &str) -> bool {
        self.text().await.contains(text)
    }

    /// The visible text of the page.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until this text is visible.
    ///
    /// # Panics
    /// When it never becomes visible; the message is the page's text.
    pub async fn wait_says(&self, text: &str) {
        let since = std::time::Instant::now();
        while !self.says(text).await {
            assert!(since.elapsed() < crate::PATIENCE, "the page never says “{text}”, but:\n{}", self.text().await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// Waits until this text is no longer visible.
    ///
    /// # Panics
    /// When it stays visible.
    pub async fn wait_unsaid(&self, text: &str) {
        until(&format!("no more “{text}”"), || async move { (!self.says(text).await).then_some(()) }).await;
    }

    /// Presses the button, tab, link, option or row with this name.
    pub async fn press(&self, name: &str) {
        until(&format!("“{name}” to press"), || async move {
            let pressed = self.find_named(name).await?;
            pressed.click().await.ok()
        })
        .await;
    }

    /// Waits for the button, tab, link, option or row with this name.
    pub async fn wait_named(&self, name: &str) -> Element {
        until(&format!("“{name}”"), || self.find_named(name)).await
    }

    /// The clickable element with this name: its label, or else its text.
    async fn find_named(&self, name: &str) -> Option<Element> {
        let script = r"
            const name = arguments[0];
            const kinds = 'button, a, summary, [role=button], [role=tab], [role=treeitem], [role=option], [role=row], ' +
                '[role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], [role=radio], [role=switch], label';
            const dialogs = [...document.querySelectorAll('dialog[open]')];
            const within = dialogs.length ? dialogs[dialogs.length - 1] : document;
            const visible = (e) => e.checkVisibility() && !e.disabled && e.getAttribute('aria-disabled') !== 'true';
            const all = [...within.querySelectorAll(kinds)].filter(visible);
            const label = (e) => (e.getAttribute('aria-label') ?? '').trim();
            const said = (e) => e.innerText.replace(/\s+/g, ' ').trim();
            return all.find((e) => label(e) === name || said(e) === name)
                ?? all.find((e) => label(e).startsWith(name) || said(e).startsWith(name))
                ?? all.find((e) => said(e).includes(name)) ?? null;
        ";
        self.find_by_script(script, name).await
    }

    /// Replaces the content of the field with this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = until(&format!("a field “{name}”"), || self.find_field(name)).await;
        let _ = field.clear().await;
        field.send_keys(text).await.expect("a field to write to");
    }

    async fn find_field(&self, name: &str) -> Option<Element> {
        let script = r"
            const name = arguments[0];
            const dialogs = [...document.querySelectorAll('dialog[open]')];
            const within = dialogs.length ? dialogs[dialogs.length - 1] : document;
            const all = [...within.querySelectorAll('input, textarea, select')].filter((e) => e.checkVisibility());
            const named = (e) => [e.getAttribute('aria-label'), e.placeholder, ...[...(e.labels ?? [])].map((l) => l.innerText)]
                .filter(Boolean).map((text) => text.replace(/\s+/g, ' ').trim());
            return all.find((e) => named(e).includes(name)) ?? all.find((e) => named(e).some((n) => n.startsWith(name))) ?? null;
        ";
        self.find_by_script(script, name).await
    }

    async fn find_by_script(&self, script: &str, name: &str) -> Option<Element> {
        let found = self.client.execute(script, vec![Value::from(name)]).await.ok()?;
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Chooses the option with this text in the list field with this name.
    pub async fn choose(&self, name: &str, entry: &str) {
        let field = until(&format!("a field “{name}”"), || self.find_field(name)).await;
        field.select_by_label(entry).await.expect("an entry to choose");
    }

    /// Types into the focused element.
    pub async fn type_keys(&self, keys: &str) {
        self.client.active_element().await.expect("something has the focus").send_keys(keys).await.expect("keys");
    }

    /// The middle of an element on the page, in CSS pixels.
    ///
    /// # Panics
    /// When there is no such element.
    pub async fn middle(&self, css: &str) -> (i32, i32) {
        let (x, y, width, height) = self.wait_for(css).await.rectangle().await.expect("its place");
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let place = ((x + width / 2.0) as i32, (y + height / 2.0) as i32);
        place
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn run(&self, script: &str) -> Value {
        patiently(script, self.client.execute(script, Vec::new())).await.unwrap_or(Value::Null)
    }

    /// Runs a script that calls its last argument with its answer.
    pub async fn run_async(&self, script: &str) -> Value {
        patiently(script, self.client.execute_async(script, Vec::new())).await.expect("an answer")
    }
}
