/** Says why something was refused or failed: the program gives a code and details, and the sentence is made here. */

import type { Reason } from "../backend";
import { number } from "../format";
import * as de from "./de/reasons";
import en from "./en/reasons.json";
import { type Spoken, speech } from "./language.svelte";

/** The sentences by code; details are gaps such as `{title}`. The program's own list decides which codes there are. */
export type Reasons = Readonly<Record<keyof typeof en.reasons, string>>;

/** Details that are one of a list, by the name of their gap. */
export type Terms = {
  readonly [Gap in keyof typeof en.terms]: Readonly<Record<keyof (typeof en.terms)[Gap], string>>;
};

type Texts = Readonly<Record<string, string>>;

/** The sentences and terms by language. */
export const catalogues: Record<Spoken, { reasons: Reasons; terms: Terms }> = { en, de };

const own = (texts: Texts, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined;

function detail(gap: string, value: string | number, terms: Readonly<Record<string, Texts>>): string {
  if (typeof value === "number") return number(value);
  const listed = Object.hasOwn(terms, gap) ? terms[gap] : undefined;
  return listed ? (own(listed, value) ?? value) : value;
}

/** The sentence for one reason; none if the code is unknown, or a detail is missing. */
function sentence({ code, details }: Reason): string | undefined {
  const { reasons, terms } = catalogues[speech.language];
  const template = own(reasons, code);
  let complete = template !== undefined;
  const text = template?.replace(/\{(\w+)\}/g, (_, gap: string) => {
    const value = Object.hasOwn(details, gap) ? details[gap] : undefined;
    if (value === undefined) complete = false;
    return value === undefined ? "" : detail(gap, value, terms);
  });
  if (!complete || text === undefined) return undefined;
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** The sentences for these reasons in the language of the window; `message`, if one of them has none. */
export function because(message: string, reasons: readonly Reason[] = []): string {
  const sentences = reasons.map(sentence);
  const said = sentences.filter((text) => text !== undefined);
  return said.length > 0 && said.length === sentences.length ? said.join(" ") : message;
}

/** A text with its reasons, as the program tells it. */
interface Told<T> {
  reason: T;
  reasons?: readonly Reason[];
}

/** Why, in the language of the window; null if nothing is told. */
export function why<T extends string | null>({ reason, reasons }: Told<T>): T {
  return (reason === null ? null : because(reason, reasons)) as T;
}
