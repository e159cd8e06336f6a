/** Features the page needs that jsdom lacks: dialogs, sizes of elements, scrolling. */

import { configure } from "@testing-library/svelte";

// Conditions get as long as a busy computer takes.
configure({ asyncUtilTimeout: 10_000 });

Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

/** Every element has the size of a small window: lists show a few rows. */
class OneSize implements ResizeObserver {
  readonly #tell: ResizeObserverCallback;

  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
  }

  observe(target: Element): void {
    const contentRect = { width: 800, height: 340 } as DOMRectReadOnly;
    this.#tell([{ target, contentRect } as ResizeObserverEntry], this);
  }

  unobserve(): void {
    // Nothing to forget.
  }

  disconnect(): void {
    // Nothing to forget.
  }
}

/** Everything is in sight at once. */
class InSight implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  readonly #tell: IntersectionObserverCallback;

  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }

  observe(target: Element): void {
    this.#tell([{ target, isIntersecting: true } as IntersectionObserverEntry], this);
  }

  unobserve(): void {
    // Nothing to forget.
  }

  disconnect(): void {
    // Nothing to forget.
  }

  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

globalThis.ResizeObserver = OneSize;
globalThis.IntersectionObserver = InSight;
// A screen that never changes.
window.matchMedia = (media) => Object.assign(new EventTarget(), { matches: true, media }) as MediaQueryList;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.checkVisibility = () => true;
Element.prototype.scrollBy = () => undefined;
document.elementFromPoint = () => null;
