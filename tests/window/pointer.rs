//! A double click on the lowest row: an element that the first click changes does not get the second.

use std::time::Duration;

use journeys::{Desktop, Page, Window, look, until, write};
use serde_json::Value;

use crate::steps::{client_and_matter, drag_onto};

/// The lowest visible row: the middle of its visible part, and its name.
const LOWEST: &str = r"
    const seen = [...document.querySelectorAll('[role=grid] [data-index]')].flatMap((row) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        const shows = [];
        for (let y = Math.ceil(top); y < bottom; y += 1)
            if (document.elementFromPoint(left + 120, y)?.closest('[data-index]') === row) shows.push(y);
        const name = row.querySelector('.text')?.textContent.trim();
        return shows.length < 4 ? [] : [{ x: Math.round(left + 120), y: shows[shows.length >> 1], name }];
    });
    return seen.sort((one, other) => other.y - one.y)[0] ?? null;
";

/// The lowest row, once the list is stable: it gets more room when the tray closes.
async fn lowest(page: &Page) -> Value {
    until("a list at rest", || async {
        let before = page.run(LOWEST).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = page.run(LOWEST).await;
        (!now.is_null() && now == before).then_some(now)
    })
    .await
}

#[tokio::test]
async fn a_double_click_on_the_lowest_row_opens_it_and_moves_nothing() {
    let desktop = Desktop::start(1280, 900);
    let letters = desktop.home().join("Letters");
    for number in 0..60 {
        let name = format!("Letter {number:02}.txt");
        write(&letters.join(name), format!("letter number {number}").as_bytes(), 1_700_000_000_000);
    }
    let window = Window::open(&desktop).await;
    let page = window.page();
    client_and_matter(&page).await;
    drag_onto(&desktop, &window, &letters, "main").await;
    page.press("File 60 files").await;
    page.wait_says("Filed to 2024-001").await;
    page.press("Clear").await;
    page.wait_gone(".tray").await;
    page.press("Include subfolders").await;
    page.wait_for("[data-index='9']").await;

    let lowest = lowest(&page).await;
    let number = |key: &str| lowest[key].as_i64().and_then(|pixels| i32::try_from(pixels).ok()).unwrap();
    let name = lowest["name"].as_str().unwrap();
    window.double_click(&desktop, (number("x"), number("y")));
    page.wait_says("WHERE IT CAME FROM").await;
    look(&desktop, "double-click").await;
    assert_eq!(page.run("return document.querySelector('.panel h2')?.textContent").await, Value::from(name));
    page.wait_says("1 selected").await;
    let after = page.run(LOWEST).await;
    assert_eq!((&after["name"], &after["y"]), (&lowest["name"], &lowest["y"]), "the list moved");
    window.close(&desktop).await;
}
