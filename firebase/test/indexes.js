// The indexes that Firestore needs and the emulator does not.
//
// A field of a collection is indexed automatically. A query over several fields (its conditions, then its order)
// needs an index of these fields; a query over all collections of a name needs one for all of them, even for one field.
// The name of a document ends every index, so an order that ends with the name needs nothing more.

import { collectionOf } from "./queries.js";

/** The index a query needs; null where Firestore has it by itself. */
export function needed(query) {
  const contained = query.filters
    .filter(([, operator]) => operator === "array-contains")
    .map(([name]) => name);
  const equal = query.filters.filter(([, operator]) => operator !== "array-contains").map(([name]) => name);
  const ordered = query.order.filter(([name]) => name !== "__name__");
  const fields = [
    ...contained.map((name) => ({ fieldPath: name, arrayConfig: "CONTAINS" })),
    ...equal.map((name) => ({ fieldPath: name, order: "ASCENDING" })),
    ...ordered.map(([name, direction]) => ({
      fieldPath: name,
      order: direction === "asc" ? "ASCENDING" : "DESCENDING",
    })),
  ];
  const queryScope = query.from.across ? "COLLECTION_GROUP" : "COLLECTION";
  if (fields.length === 0 || (fields.length === 1 && queryScope === "COLLECTION")) return null;
  return { collectionGroup: collectionOf(query), queryScope, fields };
}

/** The same index written down by itself, as firestore.indexes.json does with those of one field. */
export const declared = ({ indexes, fieldOverrides }) => [
  ...indexes,
  ...fieldOverrides.flatMap(({ collectionGroup, fieldPath, indexes: own }) =>
    own
      .filter(({ queryScope }) => queryScope === "COLLECTION_GROUP")
      .map(({ queryScope, ...kind }) => ({ collectionGroup, queryScope, fields: [{ fieldPath, ...kind }] })),
  ),
];

/** An index in words, the same for the same index. */
export const named = ({ collectionGroup, queryScope, fields }) =>
  `${queryScope} ${collectionGroup}: ${fields.map((field) => `${field.fieldPath} ${field.order ?? field.arrayConfig}`).join(", ")}`;
