/**
 * What the window shows, as one value: the vault's matters, what is under way, and where the person is. Components read
 * it and call its methods; only it listens to the backend.
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
import { Firms } from "./firms.svelte";
import { Messages, type Toast } from "./messages.svelte";

/** The tabs of a matter. */
export type Tab = "files" | "history" | "details";

/** What the right-hand panel shows: a content, and the record it was opened by. */
export interface OpenDocument {
  content: string;
  matter: string | null;
  id: string | null;
}

/** What lies over the window, if anything does. */
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
  /** Whether it connects with a firm, instead of being filed. */
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

/** Phases of drops whose files are handed over and not yet with the vault. */
const toBeSent: ReadonlySet<WorkView["phase"]> = new Set(["inLine", "running", "paused", "held"]);

/** Files of a drop that are still to be filed, as far as that is known. */
function stillToFile({ phase, files, filesDone, preflight }: WorkView): number {
  // What is left out, or could not be read, waits for nothing.
  if (phase === "ready" && preflight) return toFile(preflight);
  // While folders are read, what is done of them is read, not filed.
  return phase === "reading" || phase === "ready" ? files : files - filesDone;
}

/** The matter a window begins with: the one that was filed to last. */
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
  /** How this copy stands to the firm's vault; none for the vault of this computer. */
  sync = $state.raw<Sync | null>(null);
  /** Edits that have not reached the firm's vault yet. */
  waitingEdits = $state.raw<WaitingEdit[]>([]);
  /** How many entries of the firm's vault cannot be read: a new value whenever they are others. */
  unreadable = $state.raw<{ readonly count: number }>({ count: 0 });
  /** The clock of this computer, if it stands before the newest entry. */
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
  /** Contents that are being opened in their own programs: a firm's are fetched whole before. */
  fetching = $state.raw<readonly string[]>([]);
  /** Counts up when the files or the history of a matter changed, so that what shows them reads them again. */
  filed = $state<Record<string, number>>({});
  /** Whether the matters are shown where the window is too narrow for them to stand beside the rest. */
  drawer = $state(false);
  /** Whether the tray shows everything that is under way, rather than the most urgent. */
  allWork = $state(false);

  /** Files of drops under way that are not yet filed, by matter. */
  readonly waiting = $derived.by(() => {
    const waiting: Record<string, number> = {};
    for (const work of this.work) {
      const { kind, matter, phase } = work;
      if (kind !== "drop" || matter === null || !underWay.has(phase)) continue;
      waiting[matter] = (waiting[matter] ?? 0) + Math.max(0, stillToFile(work));
    }
    return waiting;
  });

  /** Files that were handed over and are not yet with the vault. */
  readonly filesToSend = $derived(
    this.work
      .filter(({ kind, phase }) => kind === "drop" && toBeSent.has(phase))
      .reduce((sum, { files, filesDone }) => sum + Math.max(0, files - filesDone), 0),
  );

  /** The clients and matters of which an edit was refused, by id. */
  readonly undecided = $derived<ReadonlySet<string>>(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is made anew, never changed
    new Set(this.waitingEdits.filter(({ refused }) => refused !== null).map(({ edit }) => edit.mine.id)),
  );

  /** Drops that were handed over in this window and whose pre-flight is not yet there. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown is read from it
  readonly #handedOver = new Set<string>();
  /** Drops that are being let go of, of which nothing is to stay in the tray. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown is read from it
  readonly #discarding = new Set<string>();

  private constructor(backend: Backend, firms: Firms, snapshot: Snapshot) {
    this.backend = backend;
    this.firms = firms;
    this.version = snapshot.version;
    this.system = snapshot.system;
    this.#take(snapshot);
  }

  /** Asks for everything, and listens from then on. */
  static async start(backend: Backend, firms = new Firms(backend)): Promise<App> {
    // Listening first: what changes between the two is then told twice rather than never.
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

  /** Shows what was shown before the same vault was opened once more. */
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

  /** Shows a matter, and no more welcome; a folder or another tab of it, if one is named. */
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

  /** Hands over what was dropped or chosen; its pre-flight is shown once it is there. */
  async submit(offer: Offer, matter: string): Promise<void> {
    const id = await this.ask(this.backend.submit(offer.id, matter));
    if (id === undefined) return;
    if (!this.welcomed) this.openMatter(matter);
    this.#handedOver.add(id);
    // Small folders are read before the answer is there.
    const work = this.work.find((work) => work.id === id);
    if (work) this.#showPreflight(work);
  }

  /** Gives up a drop of which nothing was filed yet; once it is given up, nothing of it stays in the tray. */
  async discardDrop(id: string): Promise<void> {
    this.#discarding.add(id);
    if ((await this.ask(this.backend.cancel(id))) === undefined) this.#discarding.delete(id);
  }

  /** The person goes on from the first-start page, to the firm's own matter if no other is shown. */
  async finishWelcome(): Promise<void> {
    this.welcomed = true;
    const [first] = this.matters;
    if (this.matterId === null && first) this.openMatter(first.id);
    await this.ask(this.backend.welcomed());
  }

  /** Shows what can be done about something under way, or what became of it. */
  showWork(id: string): void {
    const work = this.work.find((work) => work.id === id);
    if (!work) return;
    if (work.phase === "ready") this.overlay = { kind: "preflight", work: id };
    else if (work.kind !== "drop") {
      // Of what was not done there is no report: the tray says why.
      if (work.result !== null) this.overlay = { kind: "report", work: id };
    } else if (work.attention > 0) this.overlay = { kind: "problems", work: id };
    else if (work.matter !== null) this.openMatter(work.matter, { tab: "history" });
  }

  /** Shows a document in the panel on the right. */
  openDocument(document: OpenDocument): void {
    this.document = document;
  }

  /** Opens a document in its own program; while it is being fetched, asking again does nothing. */
  async openOutside(content: string, name: string): Promise<void> {
    if (this.fetching.includes(content)) return;
    this.fetching = [...this.fetching, content];
    await this.ask(this.backend.openDocument(content, name));
    this.fetching = this.fetching.filter((other) => other !== content);
  }

  /** Says something for a while. */
  toast(text: string, action?: Toast["action"]): void {
    this.messages.add({ text, tone: "info", ...(action && { action }) });
  }

  /** Says something until it is dismissed. */
  notice(text: string): void {
    this.messages.add({ text, tone: "notice" });
  }

  /** Says what went wrong. */
  showError(error: unknown): void {
    // Somebody who changed their mind knows it.
    if (error instanceof BackendError && error.code === "stopped") return;
    this.messages.add({ text: error instanceof Error ? error.message : String(error), tone: "error" });
  }

  /** Waits for a request; says what went wrong if it is refused, and then gives nothing. */
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
    // The first-start page is about the vault of this computer; a firm's is there already.
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
        this.notice(event.message);
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
        // It was dragged over the window, perhaps.
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
    // Filed before it could be let go of, or ended by a fault: the tray tells what became of it.
    if (phase !== "cancelled" || (result !== null && result.stored + result.already > 0)) return;
    if ((await this.ask(this.backend.clear(id))) !== undefined) this.toast(t.preflight.cancelled);
  }
}
