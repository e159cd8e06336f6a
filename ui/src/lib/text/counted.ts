/** Numbers in sentences. */

import { number } from "../format";
import type { Spoken } from "./language.svelte";

/** The forms of a word: for one, and for any other number. */
export interface Forms {
  one: string;
  other: string;
}

/** The form of a word for a number. */
export function form(language: Spoken, count: number, forms: Forms): string {
  return new Intl.PluralRules(language).select(count) === "one" ? forms.one : forms.other;
}

/** The number, grouped, and the form of the word for it: *1 file*, *2,284 files*. */
export function counted(language: Spoken, count: number, forms: Forms): string {
  return `${number(count)} ${form(language, count, forms)}`;
}
