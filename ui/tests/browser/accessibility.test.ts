/** Every state of the window meets WCAG 2.2 AA, light and dark. */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { scenes } from "./scenes";
import { openWindow, picture, withBrowser } from "./window";

withBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds, a line each. A list that keeps the focus itself and names its active row scrolls by its own keys, as
 * longList.test.ts tries; axe, which looks for something to focus in what scrolls, does not see that.
 */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (on: Document, how: unknown) => Promise<AxeResults> };
    };
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations, passes } = await axe.run(document, { runOnly });
    const lines = violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(({ target }) => {
          if (id !== "scrollable-region-focusable") return true;
          const scroller = document.querySelector(target.join(" "));
          return scroller?.closest("[tabindex='0'][aria-activedescendant]") == null;
        })
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
    );
    return { lines, passed: passes.length };
  });
  expect(found.passed).toBeGreaterThan(5);
  return found.lines;
}

describe("in light and in dark colours", () => {
  it.each(scenes)("$name", async ({ name, query = "", go }) => {
    const { page, wrong } = await openWindow({ query });
    await go(page);
    const found: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}-${colorScheme}`);
      found.push(...(await violations(page)).map((line) => `${colorScheme}: ${line}`));
    }
    expect(found).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

it("finds violations where there are any", async () => {
  const { page } = await openWindow();
  await page.evaluate(() => {
    document.querySelector("main")?.append(document.createElement("img"));
  });
  expect((await violations(page)).join()).toContain("image-alt");
});
