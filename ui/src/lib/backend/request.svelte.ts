/** A request to the program whose latest answer counts. */

/** The latest request and its result. The answer to an earlier request is never shown for a later one. */
export class Request<T> {
  /** The latest answer. */
  value = $state.raw<T>();
  /** Why the latest request failed. */
  refusal = $state.raw<string | null>(null);
  /** Whether an answer is pending. */
  waiting = $state(false);
  #turn = 0;

  /** Sends the request. With `keep`, the previous answer stays until the new one arrives. */
  async ask(request: () => Promise<T>, keep = false): Promise<void> {
    const turn = ++this.#turn;
    this.waiting = true;
    this.refusal = null;
    if (!keep) this.value = undefined;
    try {
      const value = await request();
      if (turn === this.#turn) this.value = value;
    } catch (error) {
      if (turn === this.#turn) this.refusal = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.#turn) this.waiting = false;
    }
  }

  /** Drops the result, and ignores pending requests. */
  forget(): void {
    this.#turn += 1;
    this.value = undefined;
    this.refusal = null;
    this.waiting = false;
  }
}
