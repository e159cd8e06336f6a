/** Documents in Chromium, with the shell's restrictions: pages with ink on them, and only the provenance on paper. */

import { expect, it } from "vitest";

import { find, openWindow, withBrowser } from "./window";

withBrowser();

it("draws the pages of a PDF as they become visible, and only those", async () => {
  const { page, wrong } = await openWindow();
  await find(page, "master services signed");
  await page.getByText("Page 1 of 12").waitFor();
  await page.waitForFunction(() => (document.querySelector("canvas")?.textContent.length ?? 0) > 100);
  const drawn = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("canvas")].map((canvas) => {
        const context = canvas.getContext("2d");
        if (!context || canvas.width === 0) return 0;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let ink = 0;
        for (let at = 0; at < data.length; at += 4)
          if ((data[at] ?? 255) < 170 && (data[at + 3] ?? 0) > 0) ink += 1;
        return ink;
      }),
    );
  await expect.poll(async () => (await drawn())[0]).toBeGreaterThan(150);
  expect((await drawn()).length).toBeLessThan(6);

  const pages = page.getByRole("group", { name: "12 pages" });
  await pages.evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
  await page.getByText("Page 12 of 12").waitFor();
  await expect.poll(async () => (await drawn()).at(-1)).toBeGreaterThan(150);

  const width = () =>
    page.evaluate(() => document.querySelector("canvas")?.getBoundingClientRect().width ?? 0);
  const before = await width();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(width).toBeGreaterThan(before * 1.2);
  expect(wrong).toEqual([]);
});

it("has the picture decoder at the path that pdf.js requests", async () => {
  const { page } = await openWindow();
  const worker = page.waitForEvent("worker");
  await find(page, "master services signed");
  const status = await (
    await worker
  ).evaluate(async () => (await fetch("openjpeg_nowasm_fallback.js")).status);
  expect(status).toBe(200);
});

it("shows a picture from memory, and releases it", async () => {
  const { page, wrong } = await openWindow();
  await find(page, "site photograph");
  await page.waitForFunction(() => (document.querySelector("img")?.naturalWidth ?? 0) > 0);
  const address = await page.evaluate(() => document.querySelector("img")?.src ?? "");
  expect(address).toMatch(/^blob:/);
  expect(wrong).toEqual([]);
  await page.keyboard.press("Escape");
  await page.locator("img").waitFor({ state: "detached" });
  const gone = await page.evaluate(
    (source) =>
      new Promise<boolean>((done) => {
        const image = new Image();
        image.onload = () => {
          done(false);
        };
        image.onerror = () => {
          done(true);
        };
        image.src = source;
      }),
    address,
  );
  expect(gone).toBe(true);
});

it("shows that a part of a picture is missing, if its file ends early", async () => {
  const { page } = await openWindow();
  await page.evaluate(() => {
    const { backend } = window.strongroom;
    const whole = backend.previewBytes.bind(backend);
    backend.previewBytes = async (content) => (await whole(content)).slice(0, 200_000);
  });
  await find(page, "site photograph");
  await page.getByText("part of this picture is missing").waitFor();
});

it("prints the provenance and nothing else", async () => {
  const { page } = await openWindow({ scheme: "dark" });
  await find(page, "master services signed");
  await page.getByRole("button", { name: "Print" }).click();
  await expect
    .poll(() => page.evaluate(() => window.strongroom.backend.asked.includes("printPage")))
    .toBe(true);
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => document.body.innerText);
  expect(seen).toContain("Provenance of a document");
  expect(seen).toContain("USB stick/Old office/MSA");
  expect(seen).not.toContain("Hale & Moore LLP");
  expect(
    await page.evaluate(() => getComputedStyle(document.querySelector("article") as Element).color),
  ).toBe("rgb(0, 0, 0)");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("heading", { name: "Where it came from" }).waitFor();
});
