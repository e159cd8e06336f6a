import { expect, it } from "vitest";

import { isNumber, nameKey } from "./names";

it.each([
  ["A\u0308-7", "ä-7"],
  [" 2024-001 ", "2024-001"],
  ["abc  corp ", "ABC Corp"],
  ["ABC\u00a0Corp", "abc corp"],
  ["Straße 1", "STRASSE 1"],
  ["ΣΊΣΥΦΟΣ", "σίσυφος"],
  ["2024-001\u200b", "2024-001"],
  ["\ufeffKo\u00adch", "koch"],
])("treats %j as equal to %j", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

it.each([
  ["ı", "i"],
  ["Koch", "Köch"],
  ["a b", "ab"],
])("distinguishes %j from %j", (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

it("accepts valid matter numbers only", () => {
  for (const number of ["2024-001", "Ä-7", "合同1", "№ 5", "none of it"]) {
    expect(isNumber(number), number).toBe(true);
  }
  for (const number of ["general", "GENERAL ", "none", "...", "\u200b", "-7", "--due", "a\tb"]) {
    expect(isNumber(number), number).toBe(false);
  }
});
