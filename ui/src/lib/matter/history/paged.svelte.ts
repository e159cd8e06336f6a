/** A list that is read page by page, from its beginning on. */

/** One page, and what to ask for the next with. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** What was read so far. */
export class Paged<Row> {
  rows = $state.raw<Row[]>([]);
  /** Whether it was read to its end. */
  whole = $state(false);
  /** Whether its first page is there. */
  begun = $state(false);
  /** Why it could not be read on. */
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
      const page = await this.#read(this.#next);
      this.#take([...this.rows, ...page.rows], page.next);
    });
  }

  /** Reads again what was read so far: it changed. What is shown stays until then. */
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
      this.#take(rows, next);
    });
  }

  #take(rows: Row[], next: string | null): void {
    this.rows = rows;
    this.#next = next;
    this.whole = next === null;
    this.begun = true;
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    this.refusal = null;
    try {
      await work();
    } catch (error) {
      this.refusal = error instanceof Error ? error.message : String(error);
    } finally {
      this.#reading = false;
    }
    if (!this.#outdated) return;
    this.#outdated = false;
    await this.again();
  }
}
