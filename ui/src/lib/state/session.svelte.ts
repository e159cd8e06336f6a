/** The window from its start on: requests its state, and requests it again when another vault is open. */

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
  /** The user has to sign in to the active firm; the reason, as a sentence. */
  | { kind: "signIn"; message: string }
  | { kind: "failed"; message: string };

/** A window that may be opened several times. */
export class Session {
  readonly backend: Backend;
  readonly firms: Firms;
  stage = $state.raw<Stage>({ kind: "asking" });
  /** The vault that was open last. */
  #before: App | null = null;
  #turn = 0;

  constructor(backend: Backend) {
    this.backend = backend;
    this.firms = new Firms(backend, () => this.open());
  }

  /** Requests everything. If called twice, the later call counts. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    // Data of another vault must not be shown or clickable. The sign-in page itself reports the progress.
    if (this.stage.kind !== "signIn" || this.firms.signingIn === null) this.stage = { kind: "asking" };
    const next = await this.#ask();
    if (turn !== this.#turn) return;
    this.stage = next;
    if (next.kind === "open") await this.#opened(next.app);
    else this.firms.opened();
  }

  /** Shows why the vault is not open. */
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
    // The window uses the user's language from here on.
    await tick();
    if (signedIn && !app.workspace.remembered) app.notice(t.firm.signIn.notRemembered);
    if (before) document.getElementById("matter")?.focus();
  }
}
