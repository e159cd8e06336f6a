/**
 * A backend that is a whole vault in memory: for development in a browser, for tests, and for pictures. What it holds is
 * made up and the same in every run; work in it goes on by a clock that a test can move.
 */

import type { ConnectionOffer, MatterView, Offer, System, SettingsForm, WindowEvent } from "./bindings";
import { type FakeClock, runningClock } from "./fake/clock";
import { createWorkspaces } from "./fake/workspaces";
import { BackendError } from "./refusal";
import type { Answer, Backend, RequestName, Requests } from "./index";

export { manualClock, type FakeClock, type ManualClock } from "./fake/clock";

/** What a fake answers instead of what its vault would: a value, a refusal to throw, or what a function makes. */
export type FakeAnswers = {
  [Name in RequestName]?: Answer<Name> | Error | ((...args: Parameters<Requests[Name]>) => unknown);
};

/** What kind of vault it is. */
export interface FakeOptions {
  /** Answers of its own. */
  answers?: FakeAnswers;
  /** A vault with nothing but the firm's own matter; else a law firm's. */
  empty?: boolean;
  /** A person who sees the program for the first time: an empty vault of this computer. */
  firstStart?: boolean;
  /** Without a network: nothing is filed to the firm, and what is not on this computer can't be seen. */
  offline?: boolean;
  /** Whether it is the vault of this computer rather than a firm's. */
  local?: boolean;
  /** Whether it is the part of the firm's vault that is for training. */
  training?: boolean;
  /** Nobody is signed in to the firm. */
  signedOut?: boolean;
  /** Documents in the largest matter; 100,000 unless said otherwise. */
  archive?: number;
  /** What is set. */
  settings?: Partial<SettingsForm>;
  system?: System;
  /** By what work goes on; the computer's clock unless one is given. */
  clock?: FakeClock;
  /** Milliseconds every answer takes. */
  latency?: number;
}

/** What happens outside of the page, and outside of the program. */
export interface Outside {
  /** The network goes. */
  goOffline(message?: string): void;
  /** It comes back; so many documents came in meanwhile. */
  goOnline(documents?: number): void;
  /** The firm ends the session. */
  endSession(message: string): void;
  /** Somebody else changes a matter in the firm's vault, unseen from here. */
  changeThere(matter: string, change: Partial<MatterView>): void;
  /** So many entries of the firm's vault cannot be read from now on; with 0, all can again. */
  setAside(count: number): void;
  /** A connection file is dropped on the window, or a link to connect is opened. */
  connection(says?: Partial<ConnectionOffer>): void;
  /** Signing in fails from now on, for this reason; with none, it does not. */
  refuseSignIn(message: string | null): void;
  /** Whoever signs in from now on has to do so again next time. */
  forgetPassword(): void;
}

/** A fake, and what a test can see and do behind the page's back. */
export interface FakeBackend extends Backend {
  /** The names of all requests so far, in order. */
  readonly asked: readonly string[];
  /** The arguments of the latest request of this name; none if there was none. */
  argumentsOf(name: RequestName): readonly unknown[] | undefined;
  /** Tells the page of something. */
  tell(event: WindowEvent): void;
  /** What a dialog gives when folders or files of these names are chosen; their names say what is in them. */
  offer(names: string[]): Offer;
  /** Drops folders or files on the window, at a place of the page; their names say what is in them. */
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

/** The fake of a page under development: `?vault=empty&offline` in its address says which. */
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
