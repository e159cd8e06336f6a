/**
 * The second click of a double click belongs to the target of the first one. A first click often changes what is under
 * the pointer: a bar appears, a dialog opens, a row moves up. The new target was not meant, and gets no click.
 */

/** All clickable elements; the rest of the page is compared element by element. */
const controls =
  "a, button, input, label, select, summary, textarea, dialog, [role=row], [role=option], [role=treeitem], [tabindex]";

/** The events of a click in their order. Pointer events have no click count. */
const events = ["mousedown", "mouseup", "click", "dblclick"] as const;

/** The targets of a double click. */
export class SecondPress {
  #first: Element | null = null;
  #strays = false;

  /**
   * Handles an event, and returns whether its target was not meant. `count` is 2 for the second of two quick clicks,
   * and 0 for a click made by a key.
   */
  strays(type: string, count: number, target: EventTarget | null): boolean {
    if (type === "mousedown") {
      const on = target instanceof Element ? (target.closest(controls) ?? target) : null;
      this.#strays = count > 1 && on !== this.#first;
      // The target of a third quick click is compared with the first, too.
      if (!this.#strays) this.#first = on;
    }
    return count > 0 && this.#strays;
  }
}

/** Keeps clicks in a window from unintended targets, until the returned function is called. */
export function dropStrayClicks(window: Window): () => void {
  const press = new SecondPress();
  const hear = (event: MouseEvent): void => {
    if (!press.strays(event.type, event.detail, event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of events) window.addEventListener(type, hear, { capture: true });
  return () => {
    for (const type of events) window.removeEventListener(type, hear, { capture: true });
  };
}
