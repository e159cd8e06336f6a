/** Rows of a long list, read a window at a time as they come into sight. */

/** Rows of one window. */
const size = 100;

/** The number of cached rows; rows that were visible recently are shown at once. */
const kept = 40;

/** The number of windows requested at the same time. */
const atOnce = 2;

/** The rows of a list that does not change. */
export class RowCache<Row> {
  readonly total: number;
  readonly #read: (offset: number, limit: number) => Promise<Row[]>;
  readonly #refused: (error: unknown) => void;
  // What is shown follows #arrived, once for a whole window.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #windows = new Map<number, Row[]>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #underWay = new Set<number>();
  #wanted: readonly number[] = [];
  #arrived = $state(0);

  constructor(
    total: number,
    read: (offset: number, limit: number) => Promise<Row[]>,
    refused: (error: unknown) => void,
  ) {
    this.total = total;
    this.#read = read;
    this.#refused = refused;
  }

  /** A row, if it was read. */
  row(at: number): Row | undefined {
    // Rows that arrive are shown at once: this is what they are shown by.
    return this.#arrived < 0 ? undefined : this.#windows.get(Math.floor(at / size))?.[at % size];
  }

  /** The first loaded row that satisfies this condition. */
  find(so: (row: Row) => boolean): Row | undefined {
    for (const rows of this.#windows.values()) {
      const found = rows.find(so);
      if (found) return found;
    }
    return undefined;
  }

  /** Reads these rows next; earlier requests that have not started are dropped. */
  want(first: number, end: number): void {
    this.#wanted = windowsOf(first, Math.min(end, this.total));
    this.#readOn();
  }

  /** All rows from `first` up to, not including, `end`; missing ones are read. */
  async load(first: number, end: number): Promise<Row[]> {
    const rows: Row[] = [];
    for (const window of windowsOf(first, Math.min(end, this.total))) {
      const known = this.#windows.get(window) ?? (await this.#read(window * size, size));
      const from = window * size;
      rows.push(...known.slice(Math.max(0, first - from), end - from));
    }
    return rows;
  }

  /** Reads these rows, so that the list shows them at once. */
  async prepare(first: number, end: number): Promise<void> {
    for (const window of windowsOf(first, Math.min(end, this.total))) {
      this.#windows.set(window, await this.#read(window * size, size));
    }
    this.#arrived += 1;
  }

  #readOn(): void {
    for (const window of this.#wanted) {
      if (this.#underWay.size >= atOnce) return;
      if (this.#windows.has(window) || this.#underWay.has(window)) continue;
      this.#underWay.add(window);
      void this.#readOne(window);
    }
  }

  async #readOne(window: number): Promise<void> {
    try {
      this.#windows.set(window, await this.#read(window * size, size));
      this.#forgetFarthest(window);
      this.#arrived += 1;
    } catch (error) {
      this.#wanted = [];
      this.#refused(error);
    } finally {
      this.#underWay.delete(window);
    }
    this.#readOn();
  }

  #forgetFarthest(from: number): void {
    if (this.#windows.size <= kept) return;
    const farthest = [...this.#windows.keys()].reduce((far, window) =>
      Math.abs(window - from) > Math.abs(far - from) ? window : far,
    );
    this.#windows.delete(farthest);
  }
}

function windowsOf(first: number, end: number): number[] {
  const from = Math.floor(Math.max(0, first) / size);
  const windows = Math.ceil(end / size) - from;
  return Array.from({ length: Math.max(0, windows) }, (_, step) => from + step);
}
