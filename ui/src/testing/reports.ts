/** Reports for tests: each states only what it is about. */
import type { DoubleView, ReportView, StoredView } from "../lib/backend";

/** The report of a restore or a check in which nothing needs to be said, except for `found`. */
export function reportWith(found: Partial<ReportView> = {}): ReportView {
  return {
    destination: "",
    renamed: [],
    otherTimes: [],
    unmarked: 0,
    problems: [],
    orphaned: [],
    doubles: [],
    ...found,
  };
}

/** Content without a record, of 1.3 MB. */
export const orphan: StoredView = { path: "teams/t1/matters/m1/files/0198", size: 1_310_000 };

/** Content of this size that is stored in two matters. */
export function storedTwice(size: number): DoubleView {
  const copies = ["general", "m1"].map((matter) => ({ path: `teams/t1/matters/${matter}/files/4e07`, size }));
  return { copies, spare: size };
}
