/**
 * The main journey without a mouse: find a matter, drop a box on it, review what is new, file it, see where it came
 * from.
 */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { drop, openWindow, pass, withBrowser } from "./window";

withBrowser();

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const active = document.activeElement;
      const label = active?.getAttribute("aria-label") ?? active?.textContent.trim() ?? "";
      return { role: active?.getAttribute("role") ?? active?.tagName.toLowerCase() ?? "", label };
    });
    if (here.role === role && name.test(here.label)) return;
  }
  throw new Error(`Tab does not lead to ${role} ${String(name)}.`);
}

/** The focused element is visible. */
async function seen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    for (let at = document.activeElement; at; at = at.parentElement) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      if ((outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none") return true;
    }
    return false;
  });
}

it("files a box and shows where a document came from, by keyboard alone", async () => {
  const { page, wrong } = await openWindow();

  // Find the matter.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("harbour lease");
  await page.getByRole("option").locator("mark").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /Lease dispute/ }).waitFor();

  // Hand over a box; view the left-out list, come back, file.
  await drop(page, "Second box");
  await pass(page, 2000);
  const sheet = page.getByRole("dialog");
  await sheet.waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent.trim()))
    .toBe("File 2,282 files");
  await tabTo(page, "button", /left out/);
  await page.keyboard.press("Enter");
  await sheet.getByText("Thumbs.db").first().waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent.trim())).toBe("Back");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("left out");
  await tabTo(page, "button", /^File 2,282 files$/);
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "detached" });

  // Pause it, resume it, and wait for the end.
  await pass(page, 3000);
  await tabTo(page, "button", /^Pause$/);
  expect(await seen(page)).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await tabTo(page, "button", /^Resume$/);
  await page.keyboard.press("Enter");
  await pass(page, 12_000);
  await page.getByText("Filed to 2024-017", { exact: true }).waitFor();

  // Open a document, and leave it again.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("call notes");
  await page.getByRole("option").locator("mark").first().waitFor();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "Document" });
  await panel.getByRole("heading", { name: "Where it came from" }).waitFor();
  await tabTo(page, "button", /^Copy provenance$/);
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => window.strongroom.backend.clipboard.at(-1) ?? ""))
    .toContain("Call notes.txt");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  expect(wrong).toEqual([]);
});

it("signs in and opens another vault by keyboard alone", async () => {
  const { page, wrong } = await openWindow({ query: "?signed-out" });
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());
  await expect.poll(focused).toBe("Sign in with your browser");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Cancel");
  expect(await seen(page)).toBe(true);
  await pass(page, 4000);
  await page.getByRole("listbox", { name: "Matters" }).waitFor();

  await tabTo(page, "button", /^Hale & Moore LLP/);
  expect(await seen(page)).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("menu", { name: "Workspace" }).waitFor();
  await page.keyboard.press("o");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^On this computer/ }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("matter");
  expect(wrong).toEqual([]);
});

it("cycles through the regions of the window with F6", async () => {
  const { page } = await openWindow();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("call notes");
  await page.getByRole("option").locator("mark").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Document" }).waitFor();
  const visited = new Set<string>();
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press("F6");
    visited.add(
      await page.evaluate(() => {
        const region = document.activeElement?.closest<HTMLElement>("[data-region]");
        return region?.getAttribute("aria-label") ?? region?.id ?? "";
      }),
    );
  }
  expect([...visited]).toEqual(expect.arrayContaining(["Matters", "matter", "Document"]));
});
