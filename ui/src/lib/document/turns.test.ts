import { expect, it } from "vitest";

import { promised } from "../../testing/promised";
import { Turns } from "./turns";

/** A task that ends when the test triggers it, and whether it was started. */
function work(): { begun: boolean; end: () => void; run: () => Promise<void> } {
  const { promise, resolve } = promised<undefined>();
  const made = {
    begun: false,
    end: () => {
      resolve(undefined);
    },
    run: async () => {
      made.begun = true;
      await promise;
    },
  };
  return made;
}

const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done));

it("runs a limited number at a time, in the order requested", async () => {
  const turns = new Turns(2);
  const works = [work(), work(), work(), work()];
  const signal = new AbortController().signal;
  const ends = works.map(({ run }) => turns.take(signal, run));
  await nextTask();
  expect(works.map(({ begun }) => begun)).toEqual([true, true, false, false]);
  works[1]?.end();
  await ends[1];
  await nextTask();
  expect(works.map(({ begun }) => begun)).toEqual([true, true, true, false]);
  for (const { end } of works) end();
  await Promise.all(ends);
});

it("never starts a cancelled task, and gives its turn to the next", async () => {
  const turns = new Turns(1);
  const [first, second, third] = [work(), work(), work()];
  const stop = new AbortController();
  const signal = new AbortController().signal;
  const one = turns.take(signal, first.run);
  const two = turns.take(stop.signal, second.run);
  const three = turns.take(signal, third.run);
  stop.abort(new Error("scrolled away"));
  await expect(two).rejects.toThrow("scrolled away");
  await expect(turns.take(stop.signal, second.run)).rejects.toThrow("scrolled away");
  first.end();
  await one;
  await nextTask();
  expect([second.begun, third.begun]).toEqual([false, true]);
  third.end();
  await three;
});

it("continues after a failed task", async () => {
  const turns = new Turns(1);
  const signal = new AbortController().signal;
  await expect(turns.take(signal, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await expect(turns.take(signal, () => Promise.resolve(7))).resolves.toBe(7);
});
