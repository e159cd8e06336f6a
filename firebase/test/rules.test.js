// Each row of each table is a test.

import { before, describe, it } from "node:test";

import { deployedRules, enforce } from "./emulators.js";
import { found } from "./firm.js";
import { check, said } from "./table.js";
import { tables } from "./tables/all.js";

before(async () => {
  await enforce(await deployedRules());
  await found();
});

for (const rows of tables) {
  describe(rows[0].path, () => {
    for (const row of rows) it(said(row), () => check(row));
  });
}
