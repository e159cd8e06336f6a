import { describe, expect, it, vi } from "vitest";

import { RowCache } from "./rowCache.svelte";

/** A list of numbers, read when a test triggers it. */
function slow(total: number) {
  const reads: { offset: number; answer: () => void; refuse: () => void }[] = [];
  const refused = vi.fn();
  const windows = new RowCache<number>(
    total,
    (offset, limit) =>
      new Promise((resolve, reject) => {
        const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, step) => offset + step);
        reads.push({
          offset,
          answer: () => {
            resolve(rows);
          },
          refuse: () => {
            reject(new Error("gone"));
          },
        });
      }),
    refused,
  );
  return { windows, reads, refused, offsets: () => reads.map(({ offset }) => offset) };
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

describe("windows of a long list", () => {
  it("are loaded for visible rows, and then available", async () => {
    const { windows, reads, offsets } = slow(1000);
    windows.want(90, 110);
    expect(offsets()).toEqual([0, 100]);
    expect(windows.row(95)).toBeUndefined();
    for (const read of reads) read.answer();
    await nextTask();
    expect([windows.row(95), windows.row(105)]).toEqual([95, 105]);
  });

  it("are read once", async () => {
    const { windows, reads, offsets } = slow(1000);
    windows.want(0, 30);
    windows.want(5, 35);
    reads[0]?.answer();
    await nextTask();
    windows.want(10, 40);
    expect(offsets()).toEqual([0]);
  });

  it("that were scrolled past are not loaded any more", async () => {
    const { windows, reads, offsets } = slow(100_000);
    windows.want(0, 190);
    for (let at = 1_000; at <= 90_000; at += 1_000) windows.want(at, at + 30);
    expect(offsets()).toEqual([0, 100]);
    for (const read of [...reads]) read.answer();
    await nextTask();
    expect(offsets()).toEqual([0, 100, 90_000]);
  });

  it("end with the list", async () => {
    const { windows, reads } = slow(250);
    windows.want(190, 400);
    for (const read of [...reads]) read.answer();
    await nextTask();
    expect(windows.row(249)).toBe(249);
    expect(windows.row(250)).toBeUndefined();
    expect(reads.map(({ offset }) => offset)).toEqual([100, 200]);
  });

  it("report that the list has expired, and stop requesting", async () => {
    const { windows, reads, refused, offsets } = slow(1000);
    windows.want(0, 300);
    for (const read of [...reads]) read.refuse();
    await nextTask();
    expect(refused).toHaveBeenCalledTimes(2);
    expect(offsets()).toEqual([0, 100]);
  });

  it("return all rows of a range, loaded or not", async () => {
    const windows = new RowCache<number>(
      350,
      (offset, limit) =>
        Promise.resolve(Array.from({ length: Math.min(limit, 350 - offset) }, (_, s) => offset + s)),
      () => undefined,
    );
    await windows.prepare(0, 100);
    expect(await windows.load(95, 305)).toEqual(Array.from({ length: 210 }, (_, step) => 95 + step));
    expect(await windows.load(340, 900)).toHaveLength(10);
  });

  it("are dropped when far away", async () => {
    const windows = new RowCache<number>(
      100_000,
      (offset, limit) => Promise.resolve(Array.from({ length: limit }, (_, step) => offset + step)),
      () => undefined,
    );
    for (let at = 0; at < 6_000; at += 100) {
      windows.want(at, at + 10);
      await nextTask();
    }
    expect(windows.row(5)).toBeUndefined();
    expect(windows.row(5_905)).toBe(5_905);
  });
});
