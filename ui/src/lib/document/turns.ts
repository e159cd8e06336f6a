/** Limits how many tasks run at once: later ones wait, and aborted ones give up their turn. */
export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** How many tasks run at the same time. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /**
   * Runs the task when it is its turn.
   *
   * Rejects with the signal's reason when it is aborted before; a task that was started handles the signal itself, and
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
