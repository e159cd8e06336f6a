/**
 * The second click of a double click belongs to what the first one was made on. A first click often changes what lies
 * under the pointer: a bar comes, a dialog opens, a row moves up. What came there was not meant, and gets nothing.
 */

/** Everything that does something when it is clicked; the rest of the page is told apart element by element. */
const controls =
  "a, button, input, label, select, summary, textarea, dialog, [role=row], [role=option], [role=treeitem], [tabindex]";

/** The events of a click in their order. Those of the pointer do not say the how-manieth it is. */
const events = ["mousedown", "mouseup", "click", "dblclick"] as const;

/** What the clicks of a double click are made on. */
export class SecondPress {
  #first: Element | null = null;
  #strays = false;

  /**
   * Takes an event in, and says whether it comes to something it was not meant for. `count` is 2 for the second of two
   * quick clicks, and 0 for one that was made by a key.
   */
  strays(type: string, count: number, target: EventTarget | null): boolean {
    if (type === "mousedown") {
      const on = target instanceof Element ? (target.closest(controls) ?? target) : null;
      this.#strays = count > 1 && on !== this.#first;
      // What a third quick click is made on is compared with the first, too.
      if (!this.#strays) this.#first = on;
    }
    return count > 0 && this.#strays;
  }
}

/** Keeps clicks of a window from what they were not meant for, until the function it returns is called. */
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
