/** The texts of the window, in the language of the person. */

import { de } from "./de";
import { en } from "./en";
import { type Spoken, speech } from "./language.svelte";

export { speech } from "./language.svelte";

/** Every text of the window: what one language has, all have. */
export type Catalogue = typeof en;

/** The catalogues by language. */
export const catalogues: Record<Spoken, Catalogue> = { en, de };

/**
 * The texts in the language of the moment. Read where they are shown (`t.tray.pause`), they follow a change of language;
 * a part that is kept in a constant does not.
 */
export const t = new Proxy(en, {
  get: (_, group: keyof Catalogue) => catalogues[speech.language][group],
});
