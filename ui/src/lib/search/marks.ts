/** Which parts of a name a search found it by. */

/** A piece of a text, found or not. */
export interface Piece {
  text: string;
  hit: boolean;
}

const graphemes = new Intl.Segmenter();

/** The words of a search or a name, in small letters and without accents. */
function words(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The letters of a text and where each stands: what is compared is shorter or longer than what is shown. */
function letters(text: string): { plain: string; start: number; end: number }[] {
  return Array.from(graphemes.segment(text), ({ segment, index }) => ({
    plain: plain(segment),
    start: index,
    end: index + segment.length,
  }));
}

/** Splits a text where a word of the search begins a word of it. */
export function marked(text: string, search: string): Piece[] {
  const wanted = words(search);
  if (wanted.length === 0) return [{ text, hit: false }];
  const all = letters(text);
  const hits = new Set<number>();
  for (let at = 0; at < all.length; at++) {
    const before = all[at - 1]?.plain ?? "";
    if (/[\p{L}\p{N}]$/u.test(before)) continue;
    for (const want of wanted) {
      let from = "";
      for (let to = at; to < all.length && from.length < want.length; to++) {
        from += all[to]?.plain ?? "";
        if (from === want) for (let hit = at; hit <= to; hit++) hits.add(hit);
      }
    }
  }
  const pieces: Piece[] = [];
  for (const [at, { start, end }] of all.entries()) {
    const hit = hits.has(at);
    const last = pieces.at(-1);
    if (last?.hit === hit) last.text += text.slice(start, end);
    else pieces.push({ text: text.slice(start, end), hit });
  }
  return pieces;
}
