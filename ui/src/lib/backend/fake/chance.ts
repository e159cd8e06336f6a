/** Random values that are the same in every run: all made-up data is derived from a text. */

/** Numbers from 0 up to 1, from a text (xmur3 and mulberry32). */
export function chance(seed: string): () => number {
  let state = 1779033703 ^ seed.length;
  for (let at = 0; at < seed.length; at++) {
    state = Math.imul(state ^ seed.charCodeAt(at), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of these. */
export function pick<T>(random: () => number, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError("There is nothing to pick from.");
  return found;
}

/** 64 hexadecimal digits that look like a SHA-256. */
export function digits(seed: string): string {
  const random = chance(seed);
  let all = "";
  while (all.length < 64) {
    all += Math.floor(random() * 0x100000000)
      .toString(16)
      .padStart(8, "0");
  }
  return all;
}
