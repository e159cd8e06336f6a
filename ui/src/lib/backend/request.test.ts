import { describe, expect, it } from "vitest";

import { Request } from "./request.svelte";

/** An answer that arrives when the test triggers it. */
function later<T>(): {
  request: () => Promise<T>;
  answer: (value: T) => void;
  refuse: (reason: Error) => void;
} {
  let answer: (value: T) => void = () => undefined;
  let refuse: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    answer = resolve;
    refuse = reject;
  });
  return { request: () => promise, answer, refuse };
}

describe("a request", () => {
  it("shows the answer of the latest request, in any order of answers", async () => {
    const asked = new Request<string>();
    const [first, second] = [later<string>(), later<string>()];
    const both = [asked.ask(first.request), asked.ask(second.request)];
    second.answer("second");
    first.answer("first");
    await Promise.all(both);
    expect(asked.value).toBe("second");
    expect(asked.waiting).toBe(false);
  });

  it("ignores the refusal of an earlier request", async () => {
    const asked = new Request<string>();
    const [first, second] = [later<string>(), later<string>()];
    const both = [asked.ask(first.request), asked.ask(second.request)];
    first.refuse(new Error("gone"));
    second.answer("second");
    await Promise.all(both);
    expect([asked.value, asked.refusal]).toEqual(["second", null]);
  });

  it("keeps the previous answer while it waits, if asked to", async () => {
    const asked = new Request<number>();
    await asked.ask(() => Promise.resolve(1));
    const next = later<number>();
    const done = asked.ask(next.request, true);
    expect([asked.value, asked.waiting]).toEqual([1, true]);
    next.refuse(new Error("The vault is busy."));
    await done;
    expect([asked.value, asked.refusal]).toEqual([1, "The vault is busy."]);
  });

  it("discards a pending answer", async () => {
    const asked = new Request<number>();
    const next = later<number>();
    const done = asked.ask(next.request);
    asked.forget();
    next.answer(1);
    await done;
    expect(asked.value).toBeUndefined();
  });
});
