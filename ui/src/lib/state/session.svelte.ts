/** The window from its first moment on: what it shows is asked for, and asked for anew when another vault is open. */

import { tick } from "svelte";

import { type Backend, BackendError } from "../backend";
import { carryEdits } from "../forms/editing";
import { t } from "../text";
import { App } from "./app.svelte";
import { Firms } from "./firms.svelte";

/** What the window shows as a whole. */
export type Stage =
  | { kind: "asking" }
  | { kind: "open"; app: App }
  /** Somebody has to sign in to the active firm; why, as a sentence. */
  | { kind: "signIn"; message: string }
  | { kind: "failed"; message: string };

/** A window that is opened, maybe several times. */
export class Session {
  readonly backend: Backend;
  readonly firms: Firms;
  stage = $state.raw<Stage>({ kind: "asking" });
  /** What was open last. */
  #before: App | null = null;
  #turn = 0;

  constructor(backend: Backend) {
    this.backend = backend;
    this.firms = new Firms(backend, () => this.open());
  }

  /** Asks for everything. Of two at once, the later counts. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    // What is of another vault must not be shown, nor pressed. The page to sign in says itself that it goes on.
    if (this.stage.kind !== "signIn" || this.firms.signingIn === null) this.stage = { kind: "asking" };
    const next = await this.#ask();
    if (turn !== this.#turn) return;
    this.stage = next;
    if (next.kind === "open") await this.#opened(next.app);
    else this.firms.opened();
  }

  /** Says why the vault is not open. */
  fail(error: unknown): void {
    this.stage = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }

  async #ask(): Promise<Stage> {
    try {
      return { kind: "open", app: await App.start(this.backend, this.firms) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.firms.ask();
      const signIn = error instanceof BackendError && error.code === "signIn";
      return signIn && this.firms.active ? { kind: "signIn", message } : { kind: "failed", message };
    }
  }

  async #opened(app: App): Promise<void> {
    const signedIn = this.firms.opened();
    const before = this.#before;
    this.#before = app;
    if (
      before &&
      before.workspace.firm === app.workspace.firm &&
      before.workspace.user === app.workspace.user
    ) {
      app.goOnFrom(before);
      carryEdits(before, app);
    }
    // The window speaks the person's language from here on.
    await tick();
    if (signedIn && !app.workspace.remembered) app.notice(t.firm.signIn.notRemembered);
    if (before) document.getElementById("matter")?.focus();
  }
}
