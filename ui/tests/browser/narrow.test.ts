/** The window at twice the size, and with little room: nothing is cut off, and nothing scrolls sideways. */

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { scenes } from "./scenes";
import { openWindow, picture, withBrowser } from "./window";

withBrowser();

/** Full states: one for each part of the window. */
const full = [
  "first-start",
  "files",
  "history",
  "details",
  "matter-long-title",
  "document-pdf",
  "preflight",
  "preflight-german",
  "preflight-list",
  "filing-several",
  "filed-with-problems",
  "problems",
  "problems-another-file",
  "failed",
  "report-check",
  "search-found",
  "settings",
  "new-matter",
  "closing",
  "connection-warned",
  "sign-in-failed",
  "workspaces-german",
  "training",
  "edits-waiting",
  "edits-refused-list",
  "sign-out-waiting",
  "settings-firms",
];

/** What doesn't fit: the page itself, and buttons whose text extends beyond them or the window. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${String(scrollWidth - clientWidth)} px too wide`);
    const top = document.querySelector("dialog[open]") ?? document.body;
    for (const button of top.querySelectorAll<HTMLElement>(
      "button, [role=tab], select, input:not([type=radio])",
    )) {
      if (!button.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const { left, right, width, height } = button.getBoundingClientRect();
      const name = button.getAttribute("aria-label") ?? button.textContent.trim();
      if (width === 0 || height === 0) continue;
      if (button.closest("[aria-hidden=true]") !== null) continue;
      if (left < -1 || right > innerWidth + 1) found.push(`“${name}” stands outside of the window`);
      if (button.tagName === "BUTTON" && button.scrollWidth > button.clientWidth + 1)
        found.push(`“${name}” is cut off`);
    }
    return found;
  });
}

describe.each([
  ["twice as large", { width: 640, height: 400, scale: 2 }],
  ["640 px wide", { width: 640, height: 720 }],
])("%s", (size, opened) => {
  it.each(scenes.filter(({ name }) => full.includes(name)))("$name", async ({ name, query = "", go }) => {
    const { page, wrong } = await openWindow({ ...opened, query });
    await go(page);
    await picture(page, `${name}-${size.replaceAll(" ", "-")}`);
    expect(await cutOff(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

it("knows every state it names", () => {
  expect(full.filter((name) => !scenes.some((scene) => scene.name === name))).toEqual([]);
});
