/**
 * What the window shows, as one value: the vault's matters, what is under way, and where the person is. Components read
 * it and call its methods; only it listens to the backend.
 */

import type {
  Backend,
  ClientView,
  MatterView,
  Offer,
  SettingsView,
  Snapshot,
  WindowEvent,
  WorkView,
} from "../backend";

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
  | { kind: "report"; work: string }
  | { kind: "newMatter"; client: string | null }
  | { kind: "newClient" }
  | { kind: "chooseMatter"; offer: Offer }
  | { kind: "close" };

/** A short message, with something to press where that helps. */
export interface Toast {
  id: number;
  text: string;
  tone: "info" | "error";
  action?: { label: string; run: () => unknown };
}

/** Folders or files that are dragged over the window. */
export interface Drag {
  x: number;
  y: number;
  items: number;
}

/** The state of the window. */
export class App {
  readonly backend: Backend;
  readonly version: string;
  readonly system: Snapshot["system"];

  workspace = $state.raw<Snapshot["workspace"]>() as Snapshot["workspace"];
  settings = $state.raw<SettingsView>() as SettingsView;
  clients = $state.raw<ClientView[]>([]);
  matters = $state.raw<MatterView[]>([]);
  work = $state.raw<WorkView[]>([]);
  welcomed = $state(false);

  /** The matter in the middle; none on the first-start page. */
  matterId = $state<string | null>(null);
  tab = $state<Tab>("files");
  /** The folder whose files are shown. */
  folder = $state("");
  /** The document in the panel on the right. */
  document = $state.raw<OpenDocument | null>(null);
  overlay = $state.raw<Overlay | null>(null);
  toasts = $state.raw<Toast[]>([]);
  drag = $state.raw<Drag | null>(null);
  /** Counts up when the files or the history of a matter changed, so that what shows them reads them again. */
  filed = $state<Record<string, number>>({});

  #nextToast = 0;

  private constructor(backend: Backend, snapshot: Snapshot) {
    this.backend = backend;
    this.version = snapshot.version;
    this.system = snapshot.system;
    this.#take(snapshot);
  }

  /** Asks for everything, and listens from then on. */
  static async start(backend: Backend): Promise<App> {
    // Listening first: what changes between the two is then told twice rather than never.
    const missed: WindowEvent[] = [];
    let app: App | null = null;
    await backend.watch((event) => {
      if (app) app.#hear(event);
      else missed.push(event);
    });
    app = new App(backend, await backend.snapshot());
    for (const event of missed) app.#hear(event);
    return app;
  }

  /** The matter in the middle. */
  get matter(): MatterView | null {
    return this.matters.find((matter) => matter.id === this.matterId) ?? null;
  }

  /** Shows a matter; a folder or another tab of it, if one is named. */
  openMatter(id: string, { tab = "files", folder = "" }: { tab?: Tab; folder?: string } = {}): void {
    this.matterId = id;
    this.tab = tab;
    this.folder = folder;
  }

  /** Shows a document in the panel on the right. */
  openDocument(document: OpenDocument): void {
    this.document = document;
  }

  /** Says something for a while. */
  say(text: string, action?: Toast["action"]): void {
    this.#toast({ text, tone: "info", ...(action && { action }) });
  }

  /** Waits for a request; says what went wrong if it is refused, and then gives nothing. */
  async ask<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      this.#toast({ text: error instanceof Error ? error.message : String(error), tone: "error" });
      return undefined;
    }
  }

  /** Takes a message away. */
  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  #toast(toast: Omit<Toast, "id">): void {
    this.toasts = [...this.toasts, { ...toast, id: this.#nextToast++ }];
  }

  #take(snapshot: Snapshot): void {
    this.workspace = snapshot.workspace;
    this.settings = snapshot.settings;
    this.clients = snapshot.matters.clients;
    this.matters = snapshot.matters.matters;
    this.work = snapshot.work;
    this.welcomed = snapshot.welcomed;
    if (snapshot.welcomed) this.matterId ??= snapshot.matters.matters[0]?.id ?? null;
  }

  #hear(event: WindowEvent): void {
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
        this.drag = { x: event.x, y: event.y, items: event.items };
        break;
      case "dragLeft":
        this.drag = null;
        break;
      case "dropped":
        this.drag = null;
        // TODO(window): take it for the matter under the pointer, or ask for one.
        break;
      case "closeAsked":
        this.overlay = { kind: "close" };
        break;
      case "settings":
        this.settings = event.settings;
        break;
      case "show":
        break;
    }
  }

  #hearWork(work: WorkView): void {
    const known = this.work.some((other) => other.id === work.id);
    this.work = known ? this.work.map((other) => (other.id === work.id ? work : other)) : [...this.work, work];
  }
}
