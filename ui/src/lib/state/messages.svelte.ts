/**
 * Short messages, each shown in one place: in the dialog that was open when it arrived, because what is behind a dialog
 * is neither read out nor clickable; otherwise in the window, and also once that dialog is closed.
 */

/** A short message, with an action where that helps. */
export interface Toast {
  id: number;
  text: string;
  /** A notice and an error stay until they are dismissed. */
  tone: "info" | "notice" | "error";
  action?: { label: string; run: () => unknown };
}

/** An open dialog, as a place for messages. */
export interface Place {
  /** The first message that may belong to it. */
  readonly since: number;
}

/** The messages that are shown, oldest first. */
export class Messages {
  all = $state.raw<readonly Toast[]>([]);
  /** The open dialogs; the last one is on top. */
  #places = $state.raw<readonly Place[]>([]);
  #next = 0;

  /** Shows a message. */
  add(toast: Omit<Toast, "id">): void {
    // In a dialog, the result of the latest action replaces that of the previous one.
    const since = this.#places.at(-1)?.since ?? Infinity;
    const kept = this.all.filter(({ id, tone, action }) => id < since || tone !== "info" || action);
    this.all = [...kept, { ...toast, id: this.#next++ }];
  }

  /** Removes a message. */
  dismiss(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  /** A dialog opens: messages are shown in it from now on. */
  enter(): Place {
    const place = { since: this.#next };
    this.#places = [...this.#places, place];
    return place;
  }

  /** A dialog closes: its messages move to the next visible place. */
  leave(place: Place): void {
    this.#places = this.#places.filter((other) => other !== place);
  }

  /** The messages of a dialog, or of the window if none is given. */
  of(place: Place | null): Toast[] {
    return this.all.filter(({ id }) => {
      const topmost = this.#places.filter(({ since }) => since <= id).at(-1);
      return (topmost ?? null) === place;
    });
  }
}
