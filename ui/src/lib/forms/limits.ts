/** The largest number of characters in a field: the table of vault-core (`rules/limits.rs`), checked by a test. */
export const limits = {
  title: 500,
  description: 20000,
  number: 100,
  name: 500,
  email: 320,
  phone: 100,
  street: 500,
  city: 200,
  state: 200,
  zip: 40,
} as const;

/** A field with a limit. */
export type Limited = keyof typeof limits;

/** The number of characters of a text, as the vault counts them: UTF-16 units. */
export function length(text: string): number {
  return text.length;
}

/** The fields whose texts are too long, with their lengths. */
export function tooLong<Field extends Limited>(texts: Record<Field, string>): [Field, number][] {
  const fields = Object.keys(texts) as Field[];
  return fields
    .map((field): [Field, number] => [field, length(texts[field].trim())])
    .filter(([field, long]) => long > limits[field]);
}
