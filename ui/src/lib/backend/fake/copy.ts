/** The local copy of a firm's vault on a fake computer: its state, and which edits have not reached the firm yet. */

import type {
  ClientView,
  Keep,
  MatterView,
  Sync,
  UnreadableEntry,
  WaitingEdit,
  WaitingEditOf,
  WindowEvent,
} from "../bindings";
import type { FakeClock } from "./clock";
import { refuse } from "./refuse";
import { unreadableEntries } from "./unreadable";
import type { Vault } from "./vault";

/** Milliseconds between two counts while a copy catches up, and how many documents arrive meanwhile. */
const tick = 250;
const atOnce = 800;

const notReached =
  "The firm’s vault can’t be reached. What you do is kept on this computer and sent by itself later.";
const changedThere = "Somebody else changed it in the firm’s vault before this could be written.";

/** The dependencies of a copy. */
interface Around {
  clock: FakeClock;
  vault: Vault;
  offline: boolean;
  tell: (event: WindowEvent) => void;
  /** Clients or matters changed. */
  changed: () => void;
}

/** A copy of a firm's vault. */
export class Copy {
  sync: Sync;
  edits: WaitingEdit[] = [];
  /** The unreadable entries of the firm's vault. */
  unreadable: readonly UnreadableEntry[] = [];
  readonly #around: Around;
  /** The colleagues' versions, by id. */
  readonly #there = new Map<string, ClientView | MatterView>();
  /** Matters as they are in the firm's vault, as of the last connection. */
  #reached: readonly MatterView[];
  #offline: boolean;
  #next = 1;
  #stop: (() => void) | null = null;

  constructor(around: Around) {
    this.#around = around;
    this.#reached = around.vault.matters;
    this.#offline = around.offline;
    const since = around.clock.now();
    this.sync = { state: "current", since, taken: 0, message: "" };
    if (around.offline) this.sync = { ...this.sync, state: "offline", message: notReached };
  }

  /** Whether the firm's vault can't be reached. */
  get offline(): boolean {
    return this.#offline;
  }

  /** The connection is lost. */
  goOffline(message = notReached): void {
    if (!this.#offline) this.#reached = this.#around.vault.matters;
    this.#offline = true;
    this.#stand({ state: "offline", taken: 0, message });
  }

  /** The connection is back: this many documents arrived meanwhile. Waiting edits are written. */
  goOnline(documents = 0): void {
    this.#offline = false;
    this.catchUp(documents);
    for (const edit of this.edits.filter(({ refused }) => refused === null)) this.#write(edit);
    this.#told();
  }

  /** Fetches this many documents. */
  catchUp(documents: number): void {
    this.#stand({ state: "catchingUp", taken: 0, message: "" });
    if (documents === 0) {
      this.#stand({ state: "current", since: this.#around.clock.now() });
      return;
    }
    this.#stop = this.#around.clock.every(tick, () => {
      const taken = this.sync.taken + atOnce;
      if (taken < documents) this.#stand({ taken }, false);
      else this.#stand({ state: "current", taken: 0, since: this.#around.clock.now() });
    });
  }

  /** The session was ended: the user has to sign in again. */
  askSignIn(message: string): void {
    this.#stand({ state: "signIn", taken: 0, message });
  }

  /** *Try again now*. */
  now(): void {
    if (this.sync.state === "offline") {
      if (this.#offline) this.goOffline(this.sync.message);
      else this.catchUp(0);
    }
  }

  /** An edit was made: it waits if the firm can't be reached. */
  made(edit: WaitingEditOf): void {
    if (!this.#offline) return;
    const earlier = this.edits.find((one) => one.edit.mine.id === edit.mine.id);
    const id = earlier?.id ?? `edit-${String(this.#next++)}`;
    const name = edit.kind === "client" ? edit.mine.name : edit.mine.title;
    const waiting: WaitingEdit = { id, name, made: this.#around.clock.now(), refused: null, edit };
    this.#keep({ ...edit, mine: { ...edit.mine, waiting: true } } as WaitingEditOf, "mine");
    this.edits = [...this.edits.filter((one) => one.id !== id), waiting];
    this.#told();
  }

  /** This many entries of the firm's vault become unreadable. */
  setAside(count: number): void {
    this.unreadable = unreadableEntries(count);
    this.#around.tell({ kind: "unreadable", count });
  }

  /** A colleague changes a matter in the firm's vault, unseen from here. */
  changeThere(id: string, change: Partial<MatterView>): void {
    const before = this.#reached.find((matter) => matter.id === id) ?? this.#around.vault.matter(id);
    this.#there.set(id, { ...before, ...change });
  }

  /** Resolves an edit that could not be written. */
  resolve(id: string, keep: Keep): WaitingEdit[] {
    const found = this.edits.find((one) => one.id === id);
    if (!found) return refuse("notFound", "This change does not wait any more.");
    this.#there.delete(found.edit.mine.id);
    if (keep === "mine" && this.#offline) {
      this.edits = this.edits.map((one) => (one.id === id ? { ...one, refused: null } : one));
    } else {
      this.#keep(found.edit, keep);
      this.edits = this.edits.filter((one) => one.id !== id);
    }
    this.#told();
    return this.edits;
  }

  #write(waiting: WaitingEdit): void {
    const there = this.#there.get(waiting.edit.mine.id);
    if (there === undefined) {
      this.#keep(waiting.edit, "mine");
      this.edits = this.edits.filter((one) => one !== waiting);
      return;
    }
    const edit = { ...waiting.edit, theirs: there } as WaitingEditOf;
    this.edits = this.edits.map((one) =>
      one === waiting ? { ...waiting, refused: changedThere, edit } : one,
    );
  }

  /** The vault has one version from now on. */
  #keep(edit: WaitingEditOf, keep: Keep): void {
    const { vault } = this.#around;
    const waiting = keep === "mine" && edit.mine.waiting && this.#offline;
    if (edit.kind === "client") vault.changeClient(edit.mine.id, { ...(edit[keep] ?? edit.mine), waiting });
    else vault.changeMatter(edit.mine.id, { ...(edit[keep] ?? edit.mine), waiting });
  }

  #told(): void {
    this.#around.changed();
    this.#around.tell({ kind: "waitingEdits", edits: this.edits });
  }

  #stand(sync: Partial<Sync>, still = true): void {
    if (still) {
      this.#stop?.();
      this.#stop = null;
    }
    this.sync = { ...this.sync, ...sync };
    this.#around.tell({ kind: "sync", sync: this.sync });
  }
}
