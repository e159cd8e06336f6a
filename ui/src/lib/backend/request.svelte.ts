/** A question to the program whose latest answer counts. */

/** What was asked last, and what came of it. An answer to an earlier question is never shown for a later one. */
export class Request<T> {
  /** The latest answer. */
  value = $state.raw<T>();
  /** Why the latest question was not answered. */
  refusal = $state.raw<string | null>(null);
  /** Whether an answer is on its way. */
  waiting = $state(false);
  #turn = 0;

  /** Asks. The answer before stays until the new one is there if `keep` is set. */
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

  /** Lets go of everything, also of what is on its way. */
  forget(): void {
    this.#turn += 1;
    this.value = undefined;
    this.refusal = null;
    this.waiting = false;
  }
}
