/** Both versions of a client or matter that a colleague changed, too, field by field, as texts. */

import type { WaitingEdit } from "../backend";
import { type MatterDraft, clientForm, matterDraft } from "../forms/drafts";
import { clientField, clientWritten, matterField, matterWritten } from "../forms/written";
import type { App } from "../state/app.svelte";

/** One field in both versions. */
export interface BothVersions {
  name: string;
  mine: string;
  /** Null if it is not in the firm's vault at all. */
  theirs: string | null;
}

/** The fields in which the versions differ; if there is only one version, all its non-empty fields. */
export function versions(app: App, { edit }: WaitingEdit): BothVersions[] {
  if (edit.kind === "client") {
    const mine = clientForm(edit.mine);
    const theirs = edit.theirs && clientForm(edit.theirs);
    return differing(mine, theirs, clientField, clientWritten);
  }
  const written = (field: keyof MatterDraft, draft: MatterDraft) => matterWritten(app, field, draft);
  return differing(matterDraft(edit.mine), edit.theirs && matterDraft(edit.theirs), matterField, written);
}

function differing<Draft extends object>(
  mine: Draft,
  theirs: Draft | null,
  named: (field: keyof Draft) => string,
  written: (field: keyof Draft, draft: Draft) => string,
): BothVersions[] {
  return (Object.keys(mine) as (keyof Draft)[])
    .map((field) => ({
      name: named(field),
      mine: written(field, mine),
      theirs: theirs && written(field, theirs),
    }))
    .filter((both) => (both.theirs === null ? both.mine !== "" : both.mine !== both.theirs));
}
