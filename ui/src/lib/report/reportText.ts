/** A report as text, to be sent to the administrator. */

import type { ReportView } from "../backend";
import { dateTime, size } from "../format";
import { visible } from "../format/visible";
import { t } from "../text";
import { why } from "../text/reasons";

type Renamed = ReportView["renamed"][number];

/** What was kept separate from another of the same name: where it was dropped from, and its name now. */
export function keptApart(renamed: readonly Renamed[]): [string, string][] {
  return renamed.flatMap(({ source, to }) => (source === null ? [] : [[visible(source), visible(to)]]));
}

/** A name that the system or the folder does not allow, and the name now. */
export function otherNames(renamed: readonly Renamed[]): [string, string][] {
  return renamed.flatMap(({ source, from, to }) => (source === null ? [[visible(from), visible(to)]] : []));
}

/** The time that a file got instead of its own. */
export function otherTime({ received, restored }: ReportView["otherTimes"][number]): string {
  return t.report.insteadOf(dateTime(restored), dateTime(received));
}

/** Content stored more than once: how many files, the space the extra copies take, and each copy with its size. */
export function doubled(doubles: ReportView["doubles"]): {
  count: number;
  spare: string;
  rows: [string, string][];
} {
  const spare = doubles.reduce((sum, double) => sum + double.spare, 0);
  const rows = doubles.flatMap(({ copies }) =>
    copies.map(({ path, size: bytes }): [string, string] => [visible(path), size(bytes)]),
  );
  return { count: doubles.length, spare: size(spare), rows };
}

/** Formats it with one file per line. */
export function reportText(
  title: string,
  counts: readonly string[],
  { destination, renamed, otherTimes, unmarked, problems, orphaned, doubles }: ReportView,
  verify: boolean,
): string {
  const lines = [title, ...counts];
  if (destination !== "") lines.push(`${t.report.destination}: ${visible(destination)}`);
  if (problems.length > 0) {
    lines.push(
      "",
      verify ? t.report.problemsVerify(problems.length) : t.report.problemsRestore(problems.length),
    );
    for (const problem of problems) lines.push(`  ${visible(problem.path)}: ${visible(why(problem))}`);
  }
  const [apart, others] = [keptApart(renamed), otherNames(renamed)];
  if (apart.length > 0) lines.push("", t.report.apart(apart.length));
  for (const [from, to] of apart) lines.push(`  ${from} → ${to}`);
  if (others.length > 0) lines.push("", t.report.renamed(others.length));
  for (const [from, to] of others) lines.push(`  ${from} → ${to}`);
  if (otherTimes.length > 0) lines.push("", t.report.otherTimes(otherTimes.length));
  for (const other of otherTimes) lines.push(`  ${visible(other.path)}: ${otherTime(other)}`);
  if (unmarked > 0) lines.push("", t.report.unmarked(unmarked), t.report.unmarkedWhy);
  if (orphaned.length > 0) {
    lines.push("", t.report.orphaned(orphaned.length), t.report.orphanedWhy);
    for (const { path, size: bytes } of orphaned) lines.push(`  ${visible(path)} (${size(bytes)})`);
  }
  if (doubles.length > 0) {
    const { count, spare, rows } = doubled(doubles);
    lines.push("", t.report.doubles(count), t.report.doublesWhy(spare));
    for (const [path, bytes] of rows) lines.push(`  ${path} (${bytes})`);
  }
  return `${lines.join("\n")}\n`;
}
