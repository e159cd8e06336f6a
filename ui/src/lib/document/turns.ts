/** So much at a time, and no more: what asks later waits, and what is no longer wanted gives its place up. */
export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** How many works go on at the same time. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /**
   * Does the work once it is its turn.
   *
   * Rejects with the reason of the signal when that is given before; a work that was begun listens to it by itself, and
   * keeps its turn until it has ended.
   */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.#next();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((begin, leave) => {
      const gone = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(called), 1);
        leave(signal.reason as Error);
      };
      const called = (): void => {
        signal.removeEventListener("abort", gone);
        begin();
      };
      signal.addEventListener("abort", gone, { once: true });
      this.#waiting.push(called);
    });
  }

  #next(): void {
    const called = this.#waiting.shift();
    if (called === undefined) this.#free += 1;
    else called();
  }
}
