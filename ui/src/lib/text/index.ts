/** The texts of the window, in the user's language. */

import { de } from "./de";
import { en } from "./en";
import { type Spoken, speech } from "./language.svelte";

export { speech } from "./language.svelte";

/** Every text of the window: all languages have the same keys. */
export type Catalogue = typeof en;

/** The catalogues by language. */
export const catalogues: Record<Spoken, Catalogue> = { en, de };

/**
 * The texts in the current language. If they are read where they are shown (`t.tray.pause`), they follow a change of
 * language; a part kept in a constant does not.
 */
export const t = new Proxy(en, {
  get: (_, group: keyof Catalogue) => catalogues[speech.language][group],
});
