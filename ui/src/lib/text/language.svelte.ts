/** The language of the window, and its formats of numbers and dates. */

import type { Language } from "../backend";

const spoken = ["en", "de"] as const;

/** A language with a catalogue. */
export type Spoken = (typeof spoken)[number];

class Speech {
  /** The user's choice. */
  choice = $state<Language>("system");
  #preferred = $state.raw<readonly string[]>(navigator.languages);

  constructor() {
    addEventListener("languagechange", () => (this.#preferred = navigator.languages));
  }

  /** The language of the texts. */
  get language(): Spoken {
    if (this.choice !== "system") return this.choice;
    for (const tag of this.#preferred) {
      const known = spoken.find((language) => speaks(tag, language));
      if (known) return known;
    }
    return "en";
  }

  /** The locale of numbers and dates: the user's own if it has the language of the texts, such as `en-GB`. */
  get locale(): string {
    const { language } = this;
    return this.#preferred.find((tag) => speaks(tag, language)) ?? language;
  }
}

function speaks(tag: string, language: Spoken): boolean {
  return tag === language || tag.startsWith(`${language}-`);
}

/** The current language of the window; derived values update when it changes. */
export const speech = new Speech();
