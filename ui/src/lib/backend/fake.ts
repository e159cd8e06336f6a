/**
 * A backend with a whole vault in memory: for development in a browser, for tests, and for pictures. Its content is made
 * up and the same in every run; its work follows a clock that a test can control.
 */

import type { ConnectionOffer, MatterView, Offer, System, SettingsForm, WindowEvent } from "./bindings";
import { type FakeClock, runningClock } from "./fake/clock";
import { createWorkspaces } from "./fake/workspaces";
import { BackendError } from "./refusal";
import type { Answer, Backend, RequestName, Requests } from "./index";

export { manualClock, type FakeClock, type ManualClock } from "./fake/clock";

/** An answer that replaces the fake vault's: a value, an error to throw, or the result of a function. */
export type FakeAnswers = {
  [Name in RequestName]?: Answer<Name> | Error | ((...args: Parameters<Requests[Name]>) => unknown);
};

/** What kind of vault it is. */
export interface FakeOptions {
  /** Answers that replace the vault's. */
  answers?: FakeAnswers;
  /** An empty vault with only the firm's own matter; otherwise a law firm's. */
  empty?: boolean;
  /** The first start: an empty vault of this computer. */
  firstStart?: boolean;
  /** Offline: nothing is filed to the firm, and documents that are not on this computer can't be seen. */
  offline?: boolean;
  /** Whether it is the vault of this computer rather than a firm's. */
  local?: boolean;
  /** Whether it is the firm's training area. */
  training?: boolean;
  /** No user is signed in to the firm. */
  signedOut?: boolean;
  /** Documents in the largest matter; 100,000 unless said otherwise. */
  archive?: number;
  /** The settings. */
  settings?: Partial<SettingsForm>;
  system?: System;
  /** The clock for work; the computer's unless one is given. */
  clock?: FakeClock;
  /** The delay of every answer, in milliseconds. */
  latency?: number;
}

/** Events outside of the page and the program. */
export interface Outside {
  /** The network goes. */
  goOffline(message?: string): void;
  /** The connection is back; this many documents arrived meanwhile. */
  goOnline(documents?: number): void;
  /** The firm ends the session. */
  endSession(message: string): void;
  /** A colleague changes a matter in the firm's vault, unseen from here. */
  changeThere(matter: string, change: Partial<MatterView>): void;
  /** This many entries of the firm's vault become unreadable; with 0, all are readable again. */
  setAside(count: number): void;
  /** A connection file is dropped on the window, or a link to connect is opened. */
  connection(says?: Partial<ConnectionOffer>): void;
  /** Signing in fails from now on, for this reason; with none, it succeeds again. */
  refuseSignIn(message: string | null): void;
  /** Sessions from now on are not kept: the user has to sign in again next time. */
  forgetPassword(): void;
}

/** A fake, and what a test can see and do behind the page's back. */
export interface FakeBackend extends Backend {
  /** The names of all requests so far, in order. */
  readonly asked: readonly string[];
  /** The arguments of the latest request of this name; none if there was none. */
  argumentsOf(name: RequestName): readonly unknown[] | undefined;
  /** Sends the page an event. */
  tell(event: WindowEvent): void;
  /** The answer of a dialog when folders or files of these names are chosen; the names determine their content. */
  offer(names: string[]): Offer;
  /** Drops folders or files on the window, at a position in the page; the names determine their content. */
  drop(names: string[], x: number, y: number): Offer;
  /** Texts put on the clipboard so far. */
  readonly clipboard: readonly string[];
  /** What happens behind the page's back. */
  readonly outside: Outside;
}

/** A backend with a made-up vault. */
export function createFakeBackend(options: FakeOptions = {}): FakeBackend {
  const { answers = {}, latency = 0, clock = runningClock() } = options;
  const asked: { name: RequestName; args: readonly unknown[] }[] = [];
  let listener: (event: WindowEvent) => void = () => undefined;
  const tell = (event: WindowEvent): void => {
    listener(event);
  };
  const vault = createWorkspaces({ ...options, clock, tell });

  function request(name: RequestName) {
    return async (...args: never[]): Promise<unknown> => {
      asked.push({ name, args });
      if (latency > 0) await clock.sleep(latency);
      const own: unknown = answers[name];
      if (own instanceof Error) throw own;
      if (typeof own === "function") return (own as (...given: never[]) => unknown)(...args);
      if (own !== undefined) return own;
      return (vault.requests[name] as (...given: never[]) => unknown)(...args);
    };
  }

  const names = Object.keys(vault.requests) as RequestName[];
  return {
    ...(Object.fromEntries(names.map((name) => [name, request(name)])) as unknown as Requests),
    watch(heard) {
      listener = heard;
      return Promise.resolve();
    },
    get asked() {
      return asked.map(({ name }) => name);
    },
    argumentsOf: (name) => asked.filter((one) => one.name === name).at(-1)?.args,
    tell,
    offer: (names) => vault.offer(names),
    drop(dropped, x, y) {
      const offer = vault.offer(dropped);
      tell({ kind: "dropped", offer, x, y });
      return offer;
    },
    get clipboard() {
      return vault.clipboard();
    },
    outside: vault.outside,
  };
}

/** The fake of a page under development, selected by its address: `?vault=empty&offline`. */
export function fakeFor(address: string): FakeBackend {
  const asked = new URLSearchParams(address);
  const kind = asked.get("vault") ?? "firm";
  if (!["firm", "empty", "first-start", "local"].includes(kind)) {
    throw new BackendError({ code: "invalid", message: `There is no made-up vault “${kind}”.` });
  }
  return createFakeBackend({
    empty: kind === "empty",
    firstStart: kind === "first-start",
    local: kind === "local",
    offline: asked.has("offline"),
    training: asked.has("training"),
    signedOut: asked.has("signed-out"),
    latency: 15,
  });
}
