/** Compares two drawings of one page by programs with different fonts: by how dark each part of it is. */

import { execFileSync } from "node:child_process";

/** A picture in shades of grey, row by row from the top. */
export interface Grey {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** The drawing of a page by `pdftoppm`, with this width in pixels. */
export function poppler(file: string, page: number, width: number, ...more: string[]): Grey {
  const at = ["-f", String(page), "-l", String(page), "-scale-to-x", String(width), "-scale-to-y", "-1"];
  const drawn = execFileSync("pdftoppm", ["-q", "-gray", "-cropbox", ...at, ...more, file], {
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(drawn.subarray(0, 40).toString("latin1"));
  if (head === null) throw new Error(`pdftoppm draws nothing of ${file}`);
  return { width: Number(head[1]), height: Number(head[2]), bytes: drawn.subarray(head[0].length) };
}

/** The number of columns and rows of the grid over the page. */
const across = 48;

/** How dark a page is, part by part, from 0 to 255: of each part with those around it, so that a letter may stand beside
    where another program puts it. */
export class Dark {
  readonly rows: number;
  readonly parts: Float64Array;

  constructor({ width, height, bytes }: Grey) {
    const rows = Math.min(400, Math.max(1, Math.round((across * height) / width)));
    const sums = new Float64Array(across * rows);
    const counts = new Float64Array(across * rows);
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * rows) / height) * across;
      for (let x = 0; x < width; x++) {
        const part = row + Math.floor((x * across) / width);
        sums[part] = (sums[part] ?? 0) + 255 - (bytes[y * width + x] ?? 255);
        counts[part] = (counts[part] ?? 0) + 1;
      }
    }
    this.rows = rows;
    this.parts = new Float64Array(across * rows);
    for (let at = 0; at < this.parts.length; at++) {
      const [x, y] = [at % across, Math.floor(at / across)];
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column++) {
          sum += sums[row * across + column] ?? 0;
          count += counts[row * across + column] ?? 0;
        }
      }
      this.parts[at] = count === 0 ? 0 : sum / count;
    }
  }

  /** The largest difference between two drawings, in shades of grey. */
  spot(other: Dark): number {
    return this.parts.reduce((most, part, at) => Math.max(most, Math.abs(part - (other.parts[at] ?? 0))), 0);
  }

  /**
   * How close another picture is to a wrong one: 0 is like this one, 1 like the wrong one. Compared are only the
   * parts in which the wrong one differs from this.
   */
  towards(wrong: Dark, other: Dark): number {
    let [gone, way] = [0, 0];
    for (const [at, part] of this.parts.entries()) {
      const apart = Math.abs(part - (wrong.parts[at] ?? 0));
      if (apart < threshold) continue;
      way += apart;
      gone += Math.min(apart, Math.abs(part - (other.parts[at] ?? 0)));
    }
    return way === 0 ? 0 : gone / way;
  }
}

/** Parts that differ by less are equal, in shades of grey: other fonts pass. */
const threshold = 5;

/** The drawing when the transform is lost: upside down. */
export function flipped({ width, height, bytes }: Grey): Grey {
  const turned = new Uint8Array(bytes.length);
  for (let y = 0; y < height; y++)
    turned.set(bytes.subarray(y * width, (y + 1) * width), (height - 1 - y) * width);
  return { width, height, bytes: turned };
}

/** In a mirror. */
export function mirrored({ width, height, bytes }: Grey): Grey {
  const turned = new Uint8Array(bytes.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[y * width + x] = bytes[y * width + width - 1 - x] ?? 255;
  return { width, height, bytes: turned };
}

/** The page before anything is drawn. */
export function blank({ width, height }: Grey): Grey {
  return { width, height, bytes: new Uint8Array(width * height).fill(255) };
}
