/** The keyboard shortcuts of the window, wherever the focus is. */

import { commandKey } from "../controls/keys";
import type { App } from "../state/app.svelte";

/** Handles a shortcut of the window. */
export function pressed(event: KeyboardEvent, app: App): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const done = commandKey(event, app.system) ? command(event, app) : plain(event, app);
  if (done) event.preventDefault();
}

function command(event: KeyboardEvent, app: App): boolean {
  if (event.shiftKey) return false;
  switch (event.key.toLowerCase()) {
    case "k":
      // Pressed again, it closes the search.
      app.overlay = app.overlay?.kind === "search" ? null : (app.overlay ?? { kind: "search" });
      return true;
    case ",":
      app.overlay ??= { kind: "settings" };
      return true;
    case "n":
      app.overlay ??= { kind: "newMatter", client: app.matter?.client ?? null };
      return true;
    case "o":
      if (app.overlay === null) void app.addFolder();
      return true;
    default:
      return false;
  }
}

function plain(event: KeyboardEvent, app: App): boolean {
  switch (event.key) {
    case "F6":
      nextRegion(event.shiftKey ? -1 : 1);
      return true;
    case "Escape":
      return leave(app);
    case "?":
      if (writing(event.target) || app.overlay !== null) return false;
      app.overlay = { kind: "keys" };
      return true;
    default:
      return false;
  }
}

/** Whether a key is meant for a field. */
function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

/** Closes the topmost overlay or panel. A dialog handles Esc itself. */
function leave(app: App): boolean {
  if (app.overlay !== null) return false;
  if (app.drawer) app.drawer = false;
  else if (app.document !== null) app.document = null;
  else return false;
  return true;
}

/** Focuses the next visible region, or the previous one. */
function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) =>
    region.checkVisibility({ visibilityProperty: true }),
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = at === -1 ? 0 : (at + step + regions.length) % regions.length;
  const region = regions[next];
  const first = region?.querySelector<HTMLElement>("[data-region-start]");
  (first ?? region)?.focus();
}
