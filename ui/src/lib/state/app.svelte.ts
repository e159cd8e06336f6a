/**
 * The state of the window as one value: the vault's matters, the work in progress, and what the user has open.
 * Components read it and call its methods; only it listens to the backend.
 */

import {
  type Backend,
  BackendError,
  type ClientView,
  type MatterView,
  type Offer,
  type SettingsView,
  type Snapshot,
  type Sync,
  type WaitingEdit,
  type WindowEvent,
  type WorkView,
} from "../backend";
import { matterAt, refusalToFile } from "../drag/target";
import { toFile } from "../preflight/summary";
import { t } from "../text";
import { because } from "../text/reasons";
import { Firms } from "./firms.svelte";
import { Messages, type Toast } from "./messages.svelte";

/** The tabs of a matter. */
export type Tab = "files" | "history" | "details";

/** The content of the right-hand panel: a content, and the record it was opened by. */
export interface OpenDocument {
  content: string;
  matter: string | null;
  id: string | null;
}

/** The open overlay, if any. */
export type Overlay =
  | { kind: "search" }
  | { kind: "settings" }
  | { kind: "about" }
  | { kind: "preflight"; work: string }
  | { kind: "problems"; work: string }
  | { kind: "queue"; work: string }
  | { kind: "report"; work: string }
  | { kind: "newMatter"; client: string | null }
  | { kind: "newClient" }
  | { kind: "editClient"; client: string }
  | { kind: "chooseMatter"; offer: Offer }
  | { kind: "keys" }
  | { kind: "waitingEdits" }
  | { kind: "unreadable" }
  | { kind: "signOut" }
  | { kind: "close" };

/** Folders or files that are dragged over the window. */
export interface Drag {
  x: number;
  y: number;
  items: number;
  /** Whether it is a connection file rather than something to file. */
  connection: boolean;
}

const underWay: ReadonlySet<WorkView["phase"]> = new Set([
  "reading",
  "ready",
  "inLine",
  "running",
  "paused",
  "held",
  "givingUp",
]);

/** Phases of drops whose files were handed over and are not in the vault yet. */
const toBeSent: ReadonlySet<WorkView["phase"]> = new Set(["inLine", "running", "paused", "held"]);

/** Files of a drop that are still to be filed, as far as known. */
function stillToFile({ phase, files, filesDone, preflight }: WorkView): number {
  // Left-out and unreadable files wait for nothing.
  if (phase === "ready" && preflight) return toFile(preflight);
  // While folders are read, the done files are read, not filed.
  return phase === "reading" || phase === "ready" ? files : files - filesDone;
}

/** The matter shown at the start: the one most recently filed to. */
function firstOf(matters: readonly MatterView[]): MatterView | undefined {
  const [general, ...others] = matters.filter((matter) => !matter.removed);
  const open = others.filter((matter) => matter.status === "active");
  const latest = Math.max(...open.map((matter) => matter.lastFiled ?? -Infinity));
  return open.find((matter) => matter.lastFiled === latest) ?? general;
}

/** The state of the window. */
export class App {
  readonly backend: Backend;
  readonly firms: Firms;
  readonly version: string;
  readonly system: Snapshot["system"];
  readonly messages = new Messages();

  workspace = $state.raw<Snapshot["workspace"]>() as Snapshot["workspace"];
  settings = $state.raw<SettingsView>() as SettingsView;
  clients = $state.raw<ClientView[]>([]);
  matters = $state.raw<MatterView[]>([]);
  work = $state.raw<WorkView[]>([]);
  welcomed = $state(false);
  /** The state of this copy of the firm's vault; null for the vault of this computer. */
  sync = $state.raw<Sync | null>(null);
  /** Edits that have not reached the firm's vault yet. */
  waitingEdits = $state.raw<WaitingEdit[]>([]);
  /** How many entries of the firm's vault cannot be read: a new value whenever they change. */
  unreadable = $state.raw<{ readonly count: number }>({ count: 0 });
  /** The clock of this computer, if it is behind the newest entry. */
  clockBehind = $state.raw<Snapshot["clockBehind"]>(null);

  /** The matter in the middle; none on the first-start page. */
  matterId = $state<string | null>(null);
  tab = $state<Tab>("files");
  /** The folder whose files are shown. */
  folder = $state("");
  /** The document in the panel on the right. */
  document = $state.raw<OpenDocument | null>(null);
  overlay = $state.raw<Overlay | null>(null);
  drag = $state.raw<Drag | null>(null);
  /** Contents that are being opened in other programs: a firm's are fetched completely first. */
  fetching = $state.raw<readonly string[]>([]);
  /** Counts up when the files or the history of a matter changed, so that they are read again. */
  filed = $state<Record<string, number>>({});
  /** Whether the matters are shown while the window is too narrow to show them beside the rest. */
  drawer = $state(false);
  /** Whether the tray shows all work, rather than the most urgent. */
  allWork = $state(false);

  /** Files of running drops that are not filed yet, by matter. */
  readonly waiting = $derived.by(() => {
    const waiting: Record<string, number> = {};
    for (const work of this.work) {
      const { kind, matter, phase } = work;
      if (kind !== "drop" || matter === null || !underWay.has(phase)) continue;
      waiting[matter] = (waiting[matter] ?? 0) + Math.max(0, stillToFile(work));
    }
    return waiting;
  });

  /** Files that were handed over and are not in the vault yet. */
  readonly filesToSend = $derived(
    this.work
      .filter(({ kind, phase }) => kind === "drop" && toBeSent.has(phase))
      .reduce((sum, { files, filesDone }) => sum + Math.max(0, files - filesDone), 0),
  );

  /** The clients and matters with a refused edit, by id. */
  readonly undecided = $derived<ReadonlySet<string>>(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is made anew, never changed
    new Set(this.waitingEdits.filter(({ refused }) => refused !== null).map(({ edit }) => edit.mine.id)),
  );

  /** Drops that were handed over in this window and have no pre-flight yet. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown is read from it
  readonly #handedOver = new Set<string>();
  /** Drops that are being cancelled and are not to stay in the tray. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown is read from it
  readonly #discarding = new Set<string>();

  private constructor(backend: Backend, firms: Firms, snapshot: Snapshot) {
    this.backend = backend;
    this.firms = firms;
    this.version = snapshot.version;
    this.system = snapshot.system;
    this.#take(snapshot);
  }

  /** Requests everything, and listens from then on. */
  static async start(backend: Backend, firms = new Firms(backend)): Promise<App> {
    // Listen first: a change in between is then reported twice rather than never.
    let missed: WindowEvent[] | null = [];
    let app: App | null = null;
    await backend.watch((event) => {
      firms.onEvent(event);
      if (app) app.#onEvent(event);
      else missed?.push(event);
    });
    try {
      app = new App(backend, firms, await backend.snapshot());
      for (const event of missed) app.#onEvent(event);
      return app;
    } finally {
      missed = null;
    }
  }

  /** Restores the view after the same vault was opened again. */
  goOnFrom(before: App): void {
    if (before.matterId === null || !this.matterOf(before.matterId)) return;
    this.matterId = before.matterId;
    this.tab = before.tab;
    this.folder = before.folder;
    this.document = before.document;
  }

  /** The matter in the middle. */
  get matter(): MatterView | null {
    return this.matters.find((matter) => matter.id === this.matterId) ?? null;
  }

  /** Shows a matter instead of the welcome page; a folder or another tab of it, if given. */
  openMatter(id: string, { tab = "files", folder = "" }: { tab?: Tab; folder?: string } = {}): void {
    if (id !== this.matterId) this.document = null;
    this.matterId = id;
    this.tab = tab;
    this.folder = folder;
    this.drawer = false;
    if (!this.welcomed) void this.finishWelcome();
  }

  /** A matter by its id. */
  matterOf(id: string | null): MatterView | null {
    return this.matters.find((matter) => matter.id === id) ?? null;
  }

  /** Asks for files with the system's dialog and files them to the matter in the middle. */
  async addFiles(): Promise<void> {
    await this.#offered(await this.ask(this.backend.chooseFiles()), this.matter);
  }

  /** Asks for folders with the system's dialog and files them to the matter in the middle. */
  async addFolder(): Promise<void> {
    await this.#offered(await this.ask(this.backend.chooseFolder()), this.matter);
  }

  /** Hands over dropped or chosen files; the pre-flight is shown once it is ready. */
  async submit(offer: Offer, matter: string): Promise<void> {
    const id = await this.ask(this.backend.submit(offer.id, matter));
    if (id === undefined) return;
    if (!this.welcomed) this.openMatter(matter);
    this.#handedOver.add(id);
    // Small folders are read before the answer arrives.
    const work = this.work.find((work) => work.id === id);
    if (work) this.#showPreflight(work);
  }

  /** Cancels a drop of which nothing was filed yet; then it is removed from the tray. */
  async discardDrop(id: string): Promise<void> {
    this.#discarding.add(id);
    if ((await this.ask(this.backend.cancel(id))) === undefined) this.#discarding.delete(id);
  }

  /** Leaves the first-start page, for the firm's own matter if no other is shown. */
  async finishWelcome(): Promise<void> {
    this.welcomed = true;
    const [first] = this.matters;
    if (this.matterId === null && first) this.openMatter(first.id);
    await this.ask(this.backend.welcomed());
  }

  /** Shows the actions for a work, or its result. */
  showWork(id: string): void {
    const work = this.work.find((work) => work.id === id);
    if (!work) return;
    if (work.phase === "ready") this.overlay = { kind: "preflight", work: id };
    else if (work.kind !== "drop") {
      // Work that was not done has no report: the tray shows why.
      if (work.result !== null) this.overlay = { kind: "report", work: id };
    } else if (work.attention > 0) this.overlay = { kind: "problems", work: id };
    else if (work.matter !== null) this.openMatter(work.matter, { tab: "history" });
  }

  /** Shows a document in the panel on the right. */
  openDocument(document: OpenDocument): void {
    this.document = document;
  }

  /** Opens a document in its default program; does nothing while it is already being fetched. */
  async openOutside(content: string, name: string): Promise<void> {
    if (this.fetching.includes(content)) return;
    this.fetching = [...this.fetching, content];
    await this.ask(this.backend.openDocument(content, name));
    this.fetching = this.fetching.filter((other) => other !== content);
  }

  /** Shows a message for a while. */
  toast(text: string, action?: Toast["action"]): void {
    this.messages.add({ text, tone: "info", ...(action && { action }) });
  }

  /** Shows a message until it is dismissed. */
  notice(text: string): void {
    this.messages.add({ text, tone: "notice" });
  }

  /** Shows an error. */
  showError(error: unknown): void {
    // A cancelled request needs no message.
    if (error instanceof BackendError && error.code === "stopped") return;
    this.messages.add({ text: error instanceof Error ? error.message : String(error), tone: "error" });
  }

  /** Waits for a request; shows the error if it fails, and then returns nothing. */
  async ask<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      this.showError(error);
      return undefined;
    }
  }

  #take(snapshot: Snapshot): void {
    this.workspace = snapshot.workspace;
    this.settings = snapshot.settings;
    this.clients = snapshot.matters.clients;
    this.matters = snapshot.matters.matters;
    this.work = snapshot.work;
    this.firms.view = snapshot.firms;
    this.sync = snapshot.sync;
    this.waitingEdits = snapshot.waitingEdits;
    this.unreadable = { count: snapshot.unreadable };
    this.clockBehind = snapshot.clockBehind;
    // The first-start page is about the vault of this computer; a firm's already exists.
    this.welcomed = snapshot.welcomed || !snapshot.workspace.local;
    if (this.welcomed) this.matterId ??= firstOf(snapshot.matters.matters)?.id ?? null;
  }

  #onEvent(event: WindowEvent): void {
    switch (event.kind) {
      case "matters":
        this.clients = event.matters.clients;
        this.matters = event.matters.matters;
        break;
      case "filed":
        this.filed[event.matter] = (this.filed[event.matter] ?? 0) + 1;
        break;
      case "work":
        this.#hearWork(event.work);
        break;
      case "workGone":
        this.work = this.work.filter((work) => work.id !== event.id);
        break;
      case "dragOver":
        this.drag = { x: event.x, y: event.y, items: event.items, connection: event.connection };
        break;
      case "dragLeft":
        this.drag = null;
        break;
      case "dropped":
        this.drag = null;
        void this.#offered(event.offer, this.matterOf(matterAt(event.x, event.y)) ?? this.matter);
        break;
      case "notice":
        this.notice(because(event.message, event.reasons));
        break;
      case "closeAsked":
        this.overlay = { kind: "close" };
        break;
      case "settings":
        this.settings = event.settings;
        break;
      case "show":
        this.showWork(event.work);
        break;
      case "sync":
        this.sync = event.sync;
        break;
      case "waitingEdits":
        this.waitingEdits = event.edits;
        break;
      case "unreadable":
        this.unreadable = { count: event.count };
        break;
      case "connection":
        // It may have been dragged over the window.
        this.drag = null;
        break;
    }
  }

  #hearWork(work: WorkView): void {
    const known = this.work.some((other) => other.id === work.id);
    this.work = known
      ? this.work.map((other) => (other.id === work.id ? work : other))
      : [...this.work, work];
    this.#showPreflight(work);
    void this.#clearLetGo(work);
  }

  async #offered(offer: Offer | null | undefined, matter: MatterView | null): Promise<void> {
    if (!offer) return;
    if (!matter) {
      this.overlay = { kind: "chooseMatter", offer };
      return;
    }
    const refusal = refusalToFile(matter);
    if (refusal === null) return this.submit(offer, matter.id);
    this.showError(refusal);
    await this.ask(this.backend.discard(offer.id));
  }

  #showPreflight({ id, phase }: WorkView): void {
    if (phase === "reading" || !this.#handedOver.delete(id)) return;
    if (phase === "ready" && this.overlay === null) this.overlay = { kind: "preflight", work: id };
  }

  async #clearLetGo({ id, phase, result }: WorkView): Promise<void> {
    if (underWay.has(phase) || !this.#discarding.delete(id)) return;
    // Filed before it could be cancelled, or ended by a fault: the tray shows the result.
    if (phase !== "cancelled" || (result !== null && result.stored + result.already > 0)) return;
    if ((await this.ask(this.backend.clear(id))) !== undefined) this.toast(t.preflight.cancelled);
  }
}
