/** Records the pages of a PDF at every frame. */

import type { Page } from "playwright-core";

/** A picture that was shown: its page, and its darkness, in a square with this many parts. */
export interface Picture {
  page: number;
  side: number;
  dark: number[];
}

/** The recorded frames. */
export interface Seen {
  /** The number of frames, and the largest number of pages marked as loading in one. */
  frames: number;
  busy: number;
  /** Errors that must never occur. */
  wrong: string[];
  pictures: Picture[];
}

declare global {
  interface Window {
    /** Recorded from now on. */
    seen: Seen;
  }
}

/** Begins to look. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate((drawing) => {
    const side = 48;
    const small = document.createElement("canvas");
    small.width = side;
    small.height = side;
    const context = small.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    const seen: Seen = { frames: 0, busy: 0, wrong: [], pictures: [] };
    const known = new WeakMap<HTMLCanvasElement, string>();
    window.seen = seen;

    /** Enough to detect a change. */
    const roughly = (canvas: HTMLCanvasElement): string => {
      context.fillStyle = "#ff0000";
      context.fillRect(0, 0, side, side);
      context.drawImage(canvas, 0, 0, side, side);
      return context.getImageData(0, 0, side, side).data.join();
    };
    /** Its darkness, in squares. */
    const dark = (canvas: HTMLCanvasElement): number[] => {
      const { width, height } = canvas;
      const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      const [sums, counts] = [new Float64Array(side * side), new Float64Array(side * side)];
      for (let y = 0; y < height; y++) {
        const row = Math.floor((y * side) / height) * side;
        for (let x = 0; x < width; x++) {
          const part = row + Math.floor((x * side) / width);
          const at = (y * width + x) * 4;
          const light = 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
          sums[part] = (sums[part] ?? 0) + 255 - light;
          counts[part] = (counts[part] ?? 0) + 1;
        }
      }
      return [...sums].map((sum, part) => Math.round(sum / (counts[part] ?? 1)));
    };

    const look = (): void => {
      seen.frames += 1;
      const scroller = document.querySelector("[data-page]")?.parentElement;
      const view = scroller?.getBoundingClientRect();
      for (const sheet of document.querySelectorAll<HTMLElement>("[data-page]")) {
        const box = sheet.getBoundingClientRect();
        if (!view || box.bottom < view.top || box.top > view.bottom) continue;
        const number = Number(sheet.dataset["page"]);
        const busy = sheet.getAttribute("aria-busy") === "true";
        const canvas = sheet.querySelector("canvas");
        const says = sheet.innerText.includes(drawing);
        if (busy) seen.busy += 1;
        if (busy !== says)
          seen.wrong.push(`page ${String(number)} is ${busy ? "" : "not "}busy, and says otherwise`);
        if (!canvas) {
          if (!busy && !sheet.querySelector(".failed"))
            seen.wrong.push(`nothing is on show of page ${String(number)}`);
          continue;
        }
        const sharp = canvas.width / (sheet.clientWidth * devicePixelRatio);
        if (!busy && Math.abs(sharp - 1) > 0.02 && canvas.width * canvas.height < 15_000_000) {
          seen.wrong.push(`page ${String(number)} is drawn for another size: ${sharp.toFixed(2)}`);
        }
        const now = roughly(canvas);
        const before = known.get(canvas);
        known.set(canvas, now);
        if (before === undefined) seen.pictures.push({ page: number, side, dark: dark(canvas) });
        else if (now !== before) {
          seen.wrong.push(`page ${String(number)} changes while it is on show`);
        }
      }
    };
    const frame = (): void => {
      if (window.seen !== seen) return;
      look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, "Loading page…");
}

/** Ends recording, and returns the result. */
export async function watched(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { seen } = window;
    window.seen = { frames: 0, busy: 0, wrong: [], pictures: [] };
    return { ...seen, wrong: [...new Set(seen.wrong)] };
  });
}

/** Makes the web view count the memory of its canvases; to be called before the window is opened. */
export function countCanvases(): void {
  const all: WeakRef<HTMLCanvasElement>[] = [];
  const make = Reflect.get(document, "createElement") as (...given: unknown[]) => Element;
  Reflect.set(document, "createElement", (...given: unknown[]) => {
    const element = make.apply(document, given);
    if (element instanceof HTMLCanvasElement) all.push(new WeakRef(element));
    return element;
  });
  Object.assign(window, {
    canvases: () => {
      const kept = all.map((canvas) => canvas.deref()).filter((canvas) => canvas && canvas.width > 0);
      const pixels = (which: typeof kept): number =>
        which.reduce((sum, canvas) => sum + (canvas ? canvas.width * canvas.height : 0), 0);
      return {
        made: all.length,
        shown: pixels(kept.filter((canvas) => canvas?.isConnected)),
        hidden: pixels(kept.filter((canvas) => !canvas?.isConnected)),
      };
    },
  });
}
