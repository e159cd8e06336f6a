/** Which language the window speaks, and how it writes numbers and dates. */

import type { Language } from "../backend";

const spoken = ["en", "de"] as const;

/** A language there is a catalogue for. */
export type Spoken = (typeof spoken)[number];

class Speech {
  /** What the person chose. */
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

  /** The locale of numbers and dates: the person's own where it is of the language of the texts, as in `en-GB`. */
  get locale(): string {
    const { language } = this;
    return this.#preferred.find((tag) => speaks(tag, language)) ?? language;
  }
}

function speaks(tag: string, language: Spoken): boolean {
  return tag === language || tag.startsWith(`${language}-`);
}

/** How the window speaks at the moment; what is made from it is made again when it changes. */
export const speech = new Speech();
