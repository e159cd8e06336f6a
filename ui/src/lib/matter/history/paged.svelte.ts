/** A list that is read page by page, from its beginning on. */

/** One page, and the cursor of the next. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** The rows read so far. */
export class Paged<Row> {
  rows = $state.raw<Row[]>([]);
  /** Whether it was read to its end. */
  whole = $state(false);
  /** Whether its first page is there. */
  begun = $state(false);
  /** Why the next page could not be read. */
  refusal = $state.raw<string | null>(null);
  readonly #read: (from: string | null) => Promise<Page<Row>>;
  #next: string | null = null;
  #reading = false;
  #outdated = false;

  constructor(read: (from: string | null) => Promise<Page<Row>>) {
    this.#read = read;
  }

  /** Reads the next page, unless one is being read. */
  async more(): Promise<void> {
    if (this.whole) return;
    await this.#alone(async () => {
      const { rows, next } = await this.#read(this.#next);
      return { rows: [...this.rows, ...rows], next };
    });
  }

  /** Reads the same rows again, because they changed. The old ones stay until then. */
  async again(): Promise<void> {
    if (this.#reading) {
      this.#outdated = true;
      return;
    }
    await this.#alone(async () => {
      const rows: Row[] = [];
      let next: string | null = null;
      do {
        const page: Page<Row> = await this.#read(next);
        rows.push(...page.rows);
        next = page.next;
      } while (next !== null && rows.length < this.rows.length);
      return { rows, next };
    });
  }

  async #alone(read: () => Promise<Page<Row>>): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    this.refusal = null;
    try {
      const { rows, next } = await read();
      // The listener may ask for more at once.
      this.#reading = false;
      this.rows = rows;
      this.#next = next;
      this.whole = next === null;
      this.begun = true;
    } catch (error) {
      this.#reading = false;
      this.refusal = error instanceof Error ? error.message : String(error);
    }
    if (!this.#outdated) return;
    this.#outdated = false;
    await this.again();
  }
}
