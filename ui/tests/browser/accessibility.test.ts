/** Nothing that WCAG 2.2 AA asks for is missing in any state of the window, light or dark. */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { scenes } from "./scenes";
import { openWindow, picture, withBrowser } from "./window";

withBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, a line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (
      window as unknown as { axe: { run: (context: Document, options: unknown) => Promise<AxeResults> } }
    ).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  expect(results.passes.length).toBeGreaterThan(5);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
  );
}

describe.each(["light", "dark"] as const)("in %s colours", (scheme) => {
  it.each(scenes)("$name", async ({ name, query = "", go }) => {
    const { page, wrong } = await openWindow({ scheme, query });
    await go(page);
    await picture(page, `${name}-${scheme}`);
    expect(await violations(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

it("finds what is wrong where something is", async () => {
  const { page } = await openWindow();
  await page.evaluate(() => {
    document.querySelector("main")?.append(document.createElement("img"));
  });
  expect((await violations(page)).join()).toContain("image-alt");
});
