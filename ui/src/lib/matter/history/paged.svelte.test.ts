import { describe, expect, it } from "vitest";

import { Paged } from "./paged.svelte";

/** A list of numbers in pages of ten, and the requests it received. */
function numbers(total: { count: number }) {
  const asked: (string | null)[] = [];
  const paged = new Paged<number>((from) => {
    asked.push(from);
    const first = Number(from ?? 0);
    const rows = Array.from({ length: Math.min(10, total.count - first) }, (_, step) => first + step);
    return Promise.resolve({ rows, next: first + 10 < total.count ? String(first + 10) : null });
  });
  return { paged, asked };
}

describe("a list that is read page by page", () => {
  it("is read to its end, and no further", async () => {
    const { paged, asked } = numbers({ count: 25 });
    for (let page = 0; page < 5; page += 1) await paged.more();
    expect(paged.rows).toEqual(Array.from({ length: 25 }, (_, at) => at));
    expect([paged.whole, asked]).toEqual([true, [null, "10", "20"]]);
  });

  it("reads one page at a time", async () => {
    const { paged, asked } = numbers({ count: 25 });
    await Promise.all([paged.more(), paged.more(), paged.more()]);
    expect([asked, paged.rows.length]).toEqual([[null], 10]);
  });

  it("reloads as much as was shown, also when requested in the middle of a page", async () => {
    const total = { count: 25 };
    const { paged, asked } = numbers(total);
    await paged.more();
    const more = paged.more();
    total.count = 40;
    await paged.again();
    await more;
    expect(asked).toEqual([null, "10", null, "10"]);
    expect([paged.rows.length, paged.whole]).toEqual([20, false]);
  });

  it("reports why it could not continue, and continues on the next request", async () => {
    let refused = true;
    const paged = new Paged<number>(() =>
      refused ? Promise.reject(new Error("The vault is busy.")) : Promise.resolve({ rows: [1], next: null }),
    );
    await paged.more();
    expect([paged.refusal, paged.begun]).toEqual(["The vault is busy.", false]);
    refused = false;
    await paged.more();
    expect([paged.refusal, paged.rows]).toEqual([null, [1]]);
  });
});
