/** A backend made of values, for tests and for a browser during development. */

import type { About, Backend } from "./index";

/** What a fake answers; what is left out has a plain default. */
export interface FakeAnswers {
  about?: About | Error;
}

/** A fake, and what has been asked of it so far, in order. */
export interface FakeBackend extends Backend {
  readonly asked: readonly string[];
}

/** A backend that gives these answers; an `Error` among them is thrown. */
export function createFakeBackend(answers: FakeAnswers = {}): FakeBackend {
  const asked: string[] = [];
  function answer<Value>(question: string, value: Value | Error): Promise<Value> {
    asked.push(question);
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  }
  return {
    asked,
    about: () => answer("about", answers.about ?? { version: "0.0.0-fake" }),
  };
}
