/** A report as text, to be sent to whoever looks after the computers. */

import type { ReportView } from "../backend";
import { size } from "../format";
import { visible } from "../format/visible";
import { t } from "../text";

/** Writes it down: a line is one file. */
export function reportText(
  title: string,
  counts: readonly string[],
  { destination, renamed, problems, orphaned }: ReportView,
  verify: boolean,
): string {
  const lines = [title, ...counts];
  if (destination !== "") lines.push(`${t.report.destination}: ${visible(destination)}`);
  if (problems.length > 0) {
    lines.push(
      "",
      verify ? t.report.problemsVerify(problems.length) : t.report.problemsRestore(problems.length),
    );
    for (const { path, reason } of problems) lines.push(`  ${visible(path)}: ${visible(reason)}`);
  }
  if (renamed.length > 0) {
    lines.push("", t.report.renamed(renamed.length));
    for (const { from, to } of renamed) lines.push(`  ${visible(from)} → ${visible(to)}`);
  }
  if (orphaned.length > 0) {
    lines.push("", t.report.orphaned(orphaned.length), t.report.orphanedWhy);
    for (const { path, size: bytes } of orphaned) lines.push(`  ${visible(path)} (${size(bytes)})`);
  }
  return `${lines.join("\n")}\n`;
}
