/**
 * Short messages, each shown in one place: in the dialog that was open when it came, for what lies behind a dialog is
 * neither heard nor pressed; in the window otherwise, and as soon as that dialog is gone.
 */

/** A short message, with something to press where that helps. */
export interface Toast {
  id: number;
  text: string;
  /** A notice and an error stay until they are dismissed. */
  tone: "info" | "notice" | "error";
  action?: { label: string; run: () => unknown };
}

/** An open dialog, as a place for messages. */
export interface Place {
  /** The first message that may be its own. */
  readonly since: number;
}

/** The messages that are shown, oldest first. */
export class Messages {
  all = $state.raw<readonly Toast[]>([]);
  /** The dialogs that are open; the last lies on top. */
  #places = $state.raw<readonly Place[]>([]);
  #next = 0;

  /** Shows a message. */
  add(toast: Omit<Toast, "id">): void {
    // In a dialog, what came of the last thing that was done there takes the place of what came of the one before.
    const since = this.#places.at(-1)?.since ?? Infinity;
    const kept = this.all.filter(({ id, tone, action }) => id < since || tone !== "info" || action);
    this.all = [...kept, { ...toast, id: this.#next++ }];
  }

  /** Takes a message away. */
  dismiss(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  /** A dialog opens: what is said from now on is said in it. */
  enter(): Place {
    const place = { since: this.#next };
    this.#places = [...this.#places, place];
    return place;
  }

  /** A dialog closes: what was said in it is said where else it can be seen. */
  leave(place: Place): void {
    this.#places = this.#places.filter((other) => other !== place);
  }

  /** What is shown in a dialog; with none, in the window. */
  of(place: Place | null): Toast[] {
    return this.all.filter(({ id }) => {
      const topmost = this.#places.filter(({ since }) => since <= id).at(-1);
      return (topmost ?? null) === place;
    });
  }
}
