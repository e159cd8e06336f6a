/** Opens a PDF of the test in the window, and reads how it is shown. */

import type { Page } from "playwright-core";

import { find } from "../window";
import type { Grey } from "./compare";

/** From now on every PDF of the made-up vault has these bytes. */
export async function give(page: Page, bytes: Buffer): Promise<void> {
  await page.unroute("**/given.pdf");
  await page.route("**/given.pdf", (route) => route.fulfill({ body: bytes, contentType: "application/pdf" }));
  await page.evaluate(() => {
    window.strongroom.backend.previewBytes = async () => (await fetch("/given.pdf")).arrayBuffer();
  });
}

/** Opens a PDF of these bytes in the panel. */
export async function open(page: Page, bytes: Buffer): Promise<void> {
  await give(page, bytes);
  await find(page, "master services signed");
}

/** Waits until nothing is being drawn, and something was. */
export async function still(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const sheets = [...document.querySelectorAll("[data-page]")];
    return (
      sheets.some((sheet) => sheet.querySelector("canvas, .failed")) &&
      sheets.every((sheet) => sheet.getAttribute("aria-busy") !== "true")
    );
  });
}

/** The drawn picture of a page. */
export async function shown(page: Page, number: number): Promise<Grey> {
  const { width, height, text } = await page.evaluate((at) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-page="${String(at)}"] canvas`);
    const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (!canvas || !data) throw new Error(`Page ${String(at)} is not drawn.`);
    let text = "";
    const bytes = new Uint8Array(canvas.width * canvas.height);
    for (let at = 0; at < bytes.length; at++)
      bytes[at] = 0.3 * (data[at * 4] ?? 0) + 0.59 * (data[at * 4 + 1] ?? 0) + 0.11 * (data[at * 4 + 2] ?? 0);
    for (let from = 0; from < bytes.length; from += 30_000)
      text += String.fromCharCode(...bytes.subarray(from, from + 30_000));
    return { width: canvas.width, height: canvas.height, text: btoa(text) };
  }, number);
  return { width, height, bytes: Buffer.from(text, "base64") };
}
