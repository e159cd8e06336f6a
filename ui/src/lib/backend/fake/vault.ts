/** The content of a fake vault: clients, matters and their documents. */

import type { ClientView, DropView, EventView, FileRow, FolderView, MatterView } from "../bindings";
import * as seeds from "./firm";
import { makeDrops } from "./drops";
import { makePapers, type Paper } from "./papers";
import { refuse } from "./refuse";

/** A drop of a fake vault, with its files that did not become documents. */
export interface Drop {
  view: DropView;
  /** Events of files that failed or were interrupted. */
  extra: EventView[];
}

/** The documents and drops of one matter. */
export interface Holdings {
  papers: Paper[];
  /** Oldest first. */
  drops: Drop[];
}

/** Clients, matters and documents, all in memory. */
export class Vault {
  clients: ClientView[];
  matters: MatterView[];
  readonly #seeds: Map<string, seeds.MatterSeed>;
  readonly #holdings = new Map<string, Holdings>();

  /** An empty vault has the firm's own matter and nothing else. */
  constructor(empty: boolean, archive = 100_000) {
    const made = empty ? [seeds.generalMatter()] : seeds.matters(archive);
    this.clients = empty ? [] : seeds.clients();
    this.matters = made.map(({ view }) => view);
    this.#seeds = new Map(made.map((seed) => [seed.view.id, seed]));
  }

  /** An existing matter. */
  matter(id: string): MatterView {
    const found = this.matters.find((matter) => matter.id === id);
    return found ?? refuse("notFound", "This matter is no longer there.");
  }

  /** An existing client. */
  client(id: string): ClientView {
    const found = this.clients.find((client) => client.id === id);
    return found ?? refuse("notFound", "This client is no longer there.");
  }

  /** The content of a matter; generated on the first request. */
  holdings(id: string): Holdings {
    const known = this.#holdings.get(id);
    if (known !== undefined) return known;
    const seed = this.#seeds.get(id) ?? { view: this.matter(id), drops: [] };
    const papers = makePapers(seed);
    const made = { papers, drops: makeDrops(seed, papers) };
    this.#holdings.set(id, made);
    return made;
  }

  /** The ids of all matters, the small ones first: looking there takes no time. */
  bySize(): string[] {
    return [...this.matters].sort((a, b) => a.files - b.files).map(({ id }) => id);
  }

  /** A drop, in any matter. */
  drop(id: string): Drop | undefined {
    for (const matter of this.bySize()) {
      const found = this.holdings(matter).drops.find(({ view }) => view.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Replaces a matter by the result of `change`. */
  changeMatter(id: string, change: Partial<MatterView>): MatterView {
    const changed = { ...this.matter(id), ...change };
    this.matters = this.matters.map((matter) => (matter.id === id ? changed : matter));
    return changed;
  }

  /** Replaces a client by the result of `change`. */
  changeClient(id: string, change: Partial<ClientView>): ClientView {
    const changed = { ...this.client(id), ...change };
    this.clients = this.clients.map((client) => (client.id === id ? changed : client));
    return changed;
  }

  /** A document as a row of a list. */
  row(paper: Paper): FileRow {
    const { id, matter, content, name, size, modified, places } = paper;
    const last = places.at(-1);
    const filed = this.holdings(matter).drops.find(({ view }) => view.id === last?.drop)?.view.started ?? 0;
    return { id, matter, content, name, folders: foldersOf(paper), size, modified, filed };
  }
}

/** The folders of a document, each once, in order of arrival. */
export function foldersOf({ places }: Paper): string[] {
  return [...new Set(places.map(({ folder }) => folder))];
}

/** The names a document was dropped under, each once. */
export function sourcesOf(vault: Vault, { matter, places }: Paper): string[] {
  const { drops } = vault.holdings(matter);
  const found = places.map((place) => drops.find(({ view }) => view.id === place.drop)?.view.places[0]);
  return [...new Set(found.filter((source) => source !== undefined))];
}

/** The folders directly in a folder, by name. */
export function foldersIn(papers: readonly Paper[], path: string): FolderView[] {
  const prefix = path === "" ? "" : `${path}/`;
  const found = new Map<string, FolderView>();
  for (const paper of papers) {
    const seen = new Set<string>();
    for (const { folder } of paper.places) {
      if (!folder.startsWith(prefix) || folder === path || folder === "") continue;
      const rest = folder.slice(prefix.length);
      const name = rest.split("/", 1)[0] ?? rest;
      const view = found.get(name) ?? { name, path: prefix + name, files: 0, hasFolders: false };
      if (!seen.has(name)) view.files += 1;
      seen.add(name);
      if (rest.length > name.length) view.hasFolders = true;
      found.set(name, view);
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}
