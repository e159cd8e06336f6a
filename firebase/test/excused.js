// Faults that no row has to notice, and why.

const enough = "limits.test.js tries the largest blob, with a smaller number";

export const excused = new Map([
  ["request.auth != null → true", "without a token every question about it fails, and refuses; this says so"],
  [
    "data.keys().hasAll(required) → true",
    "each field is also asked for its value; this says which there must be",
  ],
  ["request.resource.size <= largest() → true", enough],
  ["64 → 65", enough],
  ["1024 → 1025", enough],
]);
