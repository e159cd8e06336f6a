// Faults that no row has to detect, and why.

const enough = "limits.test.js tests the largest blob, with a smaller number";

export const excused = new Map([
  [
    "request.auth != null → true",
    "without a token every condition on it fails, and refuses; this is explicit",
  ],
  ["data.keys().hasAll(required) → true", "each field's value is checked, too; this lists the required ones"],
  ["request.resource.size <= largest() → true", enough],
  ["64 → 65", enough],
  ["1024 → 1025", enough],
]);
