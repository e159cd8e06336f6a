/** A PDF page whose drawing ends when the test triggers it. */

import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { promised } from "../../testing/promised";
import { t } from "../text";
import type { Pdf } from "./pdf";
import PdfSheet from "./PdfSheet.svelte";

interface Asked {
  width: number;
  signal: AbortSignal;
  done: (canvas: HTMLCanvasElement) => void;
  fail: (error: Error) => void;
}

function scene({ lacks = false } = {}) {
  const asked: Asked[] = [];
  let rested = 0;
  const pdf: Pdf = {
    pages: 3,
    page: () =>
      Promise.resolve({
        width: 600,
        height: 800,
        draw: (width, signal) => {
          const { promise, resolve, reject } = promised<HTMLCanvasElement>();
          signal.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
          asked.push({ width, signal, done: resolve, fail: reject });
          return promise;
        },
        lacksPicture: () => Promise.resolve(lacks),
        text: () => Promise.resolve("whereas"),
        rest: () => (rested += 1),
      }),
    close: () => undefined,
  };
  const props = { pdf, page: 2, shape: 1.4, zoom: 1, width: 300, near: true, onshape: () => undefined };
  const { rerender, unmount } = render(PdfSheet, props);
  const sheet = (): HTMLElement => screen.getByRole("group", { name: "Page 2 of 3" });
  return {
    asked,
    unmount,
    rested: () => rested,
    sheet,
    busy: () => sheet().getAttribute("aria-busy") === "true",
    says: (text: string) => sheet().textContent.includes(text),
    shows: () => sheet().querySelector("canvas"),
    change: async (next: Partial<typeof props>) => {
      await rerender(next);
      await nextTask();
    },
  };
}

const nextTask = async (): Promise<void> => {
  await new Promise((done) => setTimeout(done));
  await tick();
};

function picture(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 300;
  canvas.height = 400;
  return canvas;
}

/** A page that was drawn once, and its picture. */
async function drawn(of?: { lacks: boolean }) {
  const page = scene(of);
  await nextTask();
  const first = picture();
  page.asked[0]?.done(first);
  await nextTask();
  return { ...page, first };
}

it("is marked as loading until the whole picture is there", async () => {
  const { asked, busy, says, shows, sheet } = scene();
  await nextTask();
  expect([busy(), says(t.document.preview.drawing), shows()]).toEqual([true, true, null]);
  const whole = picture();
  asked[0]?.done(whole);
  await nextTask();
  expect([busy(), says(t.document.preview.drawing), shows()]).toEqual([false, false, whole]);
  expect(sheet().textContent).toContain("whereas");
});

it("keeps the last whole picture while it is redrawn, and aborts outdated drawing", async () => {
  const { asked, busy, shows, change, first: small } = await drawn();
  await change({ zoom: 2, width: 600 });
  await change({ zoom: 3, width: 900 });
  expect(asked.map(({ width, signal }) => [width, signal.aborted])).toEqual([
    [300, true],
    [600, true],
    [900, false],
  ]);
  expect([busy(), shows()]).toEqual([true, small]);
  const large = picture();
  asked[2]?.done(large);
  await nextTask();
  expect([busy(), shows()]).toEqual([false, large]);
  expect([small.width, large.width]).toEqual([0, 300]);
});

it("is complete at once when a change is reverted", async () => {
  const { asked, busy, shows, change, first: small } = await drawn();
  await change({ zoom: 2, width: 600 });
  await change({ zoom: 1, width: 300 });
  expect([busy(), shows(), asked.length]).toEqual([false, small, 2]);
  expect(asked[1]?.signal.aborted).toBe(true);
});

it("never shows a picture that arrives late", async () => {
  const { asked, shows, change } = scene();
  await nextTask();
  await change({ near: false });
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(shows()).toBeNull();
});

it("uses no memory while out of sight, and is redrawn when visible again", async () => {
  const { asked, busy, shows, change, rested, first } = await drawn();
  await change({ near: false });
  expect([shows(), first.width, rested()]).toEqual([null, 0, 1]);
  await change({ near: true });
  expect([busy(), asked.length]).toEqual([true, 2]);
});

it("shows on the page that it cannot be drawn, and retries at another size", async () => {
  const { asked, busy, says, change } = scene();
  await nextTask();
  asked[0]?.fail(new Error("no such object"));
  await nextTask();
  expect([busy(), says(t.document.preview.pageDamaged)]).toEqual([false, true]);
  await change({ zoom: 2, width: 600 });
  expect([busy(), says(t.document.preview.pageDamaged), asked.length]).toEqual([true, false, 2]);
});

it("shows on the page that a picture is missing because it is too large", async () => {
  const { asked, says, change } = await drawn({ lacks: true });
  expect(says(t.document.preview.pictureTooLarge)).toBe(true);
  await change({ zoom: 2, width: 600 });
  expect([says(t.document.preview.drawing), says(t.document.preview.pictureTooLarge)]).toEqual([true, false]);
  asked[1]?.done(picture());
  await nextTask();
  expect(says(t.document.preview.pictureTooLarge)).toBe(true);
});

it("shows no notice when no picture is missing", async () => {
  const { says } = await drawn();
  expect(says(t.document.preview.pictureTooLarge)).toBe(false);
});

it("releases everything when the panel is closed", async () => {
  const { asked, change, unmount, first } = await drawn();
  await change({ zoom: 2, width: 600 });
  unmount();
  await nextTask();
  expect([first.width, asked[1]?.signal.aborted]).toEqual([0, true]);
});
