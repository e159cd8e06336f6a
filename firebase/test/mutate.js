// Plants faults in the rules, one after the other, and prints those that no row of any table detects.
//
//   npm run mutate            all of them
//   npm run mutate metadata   those in the rules of one collection

import { deployedRules, enforce } from "./emulators.js";
import { excused } from "./excused.js";
import { found } from "./firm.js";
import { mutants } from "./mutants.js";
import { check, said } from "./table.js";
import { tables } from "./tables/all.js";

const sections = process.argv.slice(2);
const deployed = await deployedRules();
const faults = Object.entries(deployed).flatMap(([service, text]) =>
  mutants(text).map((fault) => ({ ...fault, service, force: { ...deployed, [service]: fault.rules } })),
);
const chosen = faults.filter(({ section }) => sections.length === 0 || sections.includes(section));

const unnoticed = [];
const tally = { noticed: 0, uncompilable: 0, excused: 0 };
for (const fault of chosen) {
  const row = excused.has(fault.key) ? null : await notice(fault);
  if (excused.has(fault.key)) tally.excused += 1;
  else if (row === "refused") tally.uncompilable += 1;
  else if (row) tally.noticed += 1;
  else unnoticed.push(fault);
  if (!row && !excused.has(fault.key)) console.log(`unnoticed: ${fault.service} ${fault.says}`);
  else if (process.env.VERBOSE) console.log(`${fault.says}: ${row?.path ? said(row) : row}`);
}
await enforce(deployed);
console.log(
  `${chosen.length} faults: ${tally.noticed} noticed, ${tally.uncompilable} refused by the compiler, ` +
    `${tally.excused} excused, ${unnoticed.length} unnoticed`,
);
process.exit(unnoticed.length === 0 ? 0 : 1);

/** The first row that disagrees with the rules; "refused" if they are no rules. */
async function notice(fault) {
  try {
    await enforce(fault.force);
  } catch {
    return "refused";
  }
  await found();
  for (const row of inOrder(fault)) {
    if (await disagrees(row)) return row;
  }
  return null;
}

/** Rows of the tables that are about the place of the fault come first. */
function inOrder({ section, service }) {
  const about = (rows) =>
    service === "storage" ? rows[0].path.includes("{sha256}") : rows[0].path.includes(`/${section}/`);
  return [...tables.filter(about), ...tables.filter((rows) => !about(rows))].flat();
}

async function disagrees(row) {
  try {
    await check(row);
    return false;
  } catch {
    return true;
  }
}
