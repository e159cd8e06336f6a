/** A window in Chromium, monitored for errors. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The options of a window. */
export interface Opened {
  scheme?: "light" | "dark";
  width?: number;
  height?: number;
  /** The query of its address: which vault, which language. */
  query?: string;
  /** Device pixels per CSS pixel. */
  scale?: number;
}

/** A window and its errors. */
export interface Watched {
  page: Page;
  /** Errors, warnings and violations of the content security policy. */
  wrong: string[];
}

let browser: Browser | undefined;

/** Starts a browser for a test file, with a temporary profile of its own. */
export function withBrowser(): void {
  beforeAll(async () => {
    const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => {
    await browser?.close();
  });
}

/** Opens a window; `first` is run in it before anything else. */
export async function openWindow(opened: Opened = {}, first?: () => void): Promise<Watched> {
  const { scheme = "light", width = 1280, height = 800, query = "", scale = 1 } = opened;
  if (browser === undefined) throw new Error("withBrowser() was not called.");
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`refused by the policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  if (first) await page.addInitScript(first);
  await page.goto(inject("address") + query);
  await page.locator("main").waitFor();
  return { page, wrong };
}

/** Lets this much time pass in the vault. */
export async function pass(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((time) => {
    window.strongroom.clock.advance(time);
  }, milliseconds);
}

/** Drops folders of these names on the shown matter; the names determine their content. */
export async function drop(page: Page, ...names: string[]): Promise<void> {
  await page.evaluate((dropped) => {
    window.strongroom.backend.drop(dropped, innerWidth / 2, innerHeight / 2);
  }, names);
}

/** Opens the first search result. */
export async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(words);
  await page.getByRole("option").locator("mark").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox").waitFor({ state: "detached" });
}

/** The folder for pictures of the window: none unless `PICTURES` names one. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
