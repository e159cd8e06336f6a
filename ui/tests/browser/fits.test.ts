/** Texts in little room: they are not cut, and nothing moves for them. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { find, openWindow, withBrowser } from "./window";

withBrowser();

/** Counts of places that are cut off in their rows, by their texts. */
async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".places")]
      .filter((places) => {
        const { top, bottom, right } = places.getBoundingClientRect();
        const row = places.closest("[role=row]")?.getBoundingClientRect();
        if (row === undefined) return true;
        const isCut = places.scrollWidth > places.clientWidth;
        return isCut || top < row.top || bottom > row.bottom || right > row.right;
      })
      .map(({ textContent }) => textContent),
  );
}

it.each([
  ["900 px wide", { width: 900, height: 600 }, "3 places"],
  ["beside a document", { width: 1280, height: 800 }, "3 places"],
  ["900 px wide, in German", { width: 900, height: 600, query: "?language=de" }, "3 Fundorte"],
])("shows the number of places of a document: %s", async (_, opened, said) => {
  const { page } = await openWindow(opened);
  await find(page, "master services signed");
  await page.locator(".places").getByText(said).waitFor();
  expect(await cut(page)).toEqual([]);
  await page.context().close();
});

it("shows that a change waits without cutting the matter’s number or moving anything", async () => {
  const { page } = await openWindow();
  await find(page, "2024-001 review");
  const tops = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("[role=tab], [role=option] .title")].map(
        (element) => element.getBoundingClientRect().top,
      ),
    );
  const before = await tops();
  await page.evaluate(async () => {
    window.strongroom.backend.outside.goOffline();
    await window.strongroom.backend.setMatterStatus("m-2024-001", "active");
  });
  const row = page.locator("[data-matter=m-2024-001]");
  await row.locator(".edit-mark").waitFor();
  expect(await tops()).toEqual(before);
  expect(await row.locator(".number").evaluate((number) => number.scrollWidth - number.clientWidth)).toBe(0);
  await page.context().close();
});
