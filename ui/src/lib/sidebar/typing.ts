/** Letters typed in a list one after the other. */

/** Milliseconds after which a letter begins a new word. */
const pause = 700;

/** Keeps the text typed last. */
export class Typing {
  #typed = "";
  #last = 0;

  /** Adds a letter, and returns all letters typed without a pause. `now` is in milliseconds. */
  add(letter: string, now: number): string {
    const goesOn = now - this.#last < pause;
    // The same letter again goes to the next row that begins with it.
    this.#typed = goesOn && this.#typed !== letter ? this.#typed + letter : letter;
    this.#last = now;
    return this.#typed;
  }

  /** Whether a word is being typed, so that a space belongs to it. `now` is in milliseconds. */
  goesOn(now: number): boolean {
    return this.#typed !== "" && now - this.#last < pause;
  }
}
