/** The selected rows of a list, by identity: a list that is read again keeps its selection. */

import { SvelteSet } from "svelte/reactivity";

/** A selection; *all* needs no row to be read. */
export class Selection {
  /** The selected ones, or with `#all` those that are not. */
  readonly #named = new SvelteSet<string>();
  #all = $state(false);
  /** The start of a range. */
  anchor: number | null = null;

  /** Whether a row is selected. */
  has(id: string): boolean {
    return this.#named.has(id) !== this.#all;
  }

  /** Whether nothing is selected of a list of so many rows. */
  isEmpty(total: number): boolean {
    return this.count(total) === 0;
  }

  /** How many are selected of a list of so many rows. */
  count(total: number): number {
    return this.#all ? Math.max(0, total - this.#named.size) : this.#named.size;
  }

  /** The selected ones, if they are few enough to list; null if all but some are selected. */
  named(): string[] | null {
    return this.#all ? null : [...this.#named];
  }

  /** Selects one row and nothing else. */
  only(id: string, at: number): void {
    this.clear();
    this.#named.add(id);
    this.anchor = at;
  }

  /** Selects or deselects a row. */
  toggle(id: string, at: number): void {
    if (!this.#named.delete(id)) this.#named.add(id);
    this.anchor = at;
  }

  /** Selects these and nothing else; the anchor stays. */
  replace(ids: Iterable<string>): void {
    this.#all = false;
    this.#named.clear();
    for (const id of ids) this.#named.add(id);
  }

  /** Selects everything. */
  selectAll(): void {
    this.#named.clear();
    this.#all = true;
  }

  /** Selects nothing. */
  clear(): void {
    this.#named.clear();
    this.#all = false;
    this.anchor = null;
  }
}
