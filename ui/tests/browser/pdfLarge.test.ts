/** A picture that is too large to be drawn is not left out without a message. */

import { expect, it } from "vitest";

import { open, still } from "./pdfs/show";
import { first, pdf } from "./pdfs/write";
import { openWindow, withBrowser } from "./window";

withBrowser();

/** A blank picture of this size in pixels. */
const blank = (width: number, height: number) => ({
  is: `/Type /XObject /Subtype /Image /Width ${String(width)} /Height ${String(height)} /BitsPerComponent 1 /ColorSpace /DeviceGray`,
  bytes: new Uint8Array(Math.ceil(width / 8) * height),
});

const page = (picture: number) => ({
  content: "BT /F1 14 Tf 60 720 Td (The plan of the site is below.) Tj ET q 300 0 0 300 60 300 cm /Im Do Q",
  resources: `/XObject << /Im ${String(picture)} 0 R >>`,
});

it("shows the notice on that page, and on no other", async () => {
  const { page: shown, wrong } = await openWindow({ width: 1280, height: 1600 });
  const bytes = pdf([page(first), page(first + 1)], { extra: [blank(10_000, 8_001), blank(1_000, 800)] });
  await open(shown, bytes);
  await still(shown);
  const sheet = (number: number) => shown.locator(`[data-page="${String(number)}"]`);
  await sheet(1).getByText("A picture on this page is too large").waitFor();
  const sign = await sheet(1).locator(".sign").boundingBox();
  const paper = await sheet(1).boundingBox();
  expect((sign?.x ?? Infinity) + (sign?.width ?? 0)).toBeLessThanOrEqual(
    (paper?.x ?? 0) + (paper?.width ?? 0),
  );
  expect(await sheet(1).locator("canvas").textContent()).toContain("The plan of the site");
  await sheet(2).scrollIntoViewIfNeeded();
  await still(shown);
  expect(await sheet(2).locator("canvas").count()).toBe(1);
  expect(await sheet(2).getByText("too large").count()).toBe(0);
  expect(wrong).toEqual([]);
  await shown.context().close();
});
