/** Lists of documents, sorted and filtered, and read a window at a time. */

import type { FileRow, FilesListing, FilesQuery } from "../bindings";
import type { Paper } from "./papers";
import { refuse } from "./refuse";
import { foldersIn, type Vault } from "./vault";

/** How many lists are kept, as by the program. */
const kept = 8;

/** The latest lists. */
export class Listings {
  readonly #vault: Vault;
  readonly #lists = new Map<number, Paper[]>();
  #next = 1;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Makes a list. */
  list(query: FilesQuery): FilesListing {
    const { papers } = this.#vault.holdings(this.#vault.matter(query.matter).id);
    const found = papers.filter((paper) => matches(paper, query)).sort(order(query));
    const id = this.#next++;
    this.#lists.set(id, found);
    for (const old of [...this.#lists.keys()].slice(0, -kept)) this.#lists.delete(old);
    const folders = query.filter === "" ? foldersIn(papers, query.folder) : [];
    return { id, total: found.length, folders };
  }

  /** Rows of a list. */
  rows(listing: number, offset: number, limit: number): FileRow[] {
    const found =
      this.#lists.get(listing) ?? refuse("notFound", "This list is too old. List the files again.");
    return found.slice(offset, offset + limit).map((paper) => this.#vault.row(paper));
  }
}

function matches(paper: Paper, { folder, deep, filter }: FilesQuery): boolean {
  const inside = paper.places.some(
    (place) => place.folder === folder || (deep && (folder === "" || place.folder.startsWith(`${folder}/`))),
  );
  if (!inside || filter === "") return inside;
  const wanted = filter.toLowerCase();
  return (
    paper.name.toLowerCase().includes(wanted) ||
    paper.places.some((place) => place.folder.toLowerCase().includes(wanted))
  );
}

function order({ sort, descending }: FilesQuery): (a: Paper, b: Paper) => number {
  const by = (paper: Paper): string | number => {
    switch (sort) {
      case "name":
        return paper.name.toLowerCase();
      case "modified":
        return paper.modified;
      case "size":
        return paper.size;
      case "filed":
        return paper.places.at(-1)?.drop ?? "";
    }
  };
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const [one, other] = [by(a), by(b)];
    return one < other ? -sign : one > other ? sign : 0;
  };
}
