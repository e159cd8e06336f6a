/** The texts of the fields of a matter or a client. */

import type { ClientForm } from "../backend";
import { day } from "../format";
import type { App } from "../state/app.svelte";
import { t } from "../text";
import { knownPeople, type MatterDraft, midnightOf } from "./drafts";

/** The label of a field of a matter. */
export function matterField(field: keyof MatterDraft): string {
  return field === "assignedTo" ? t.forms.fields.people : t.forms.fields[field];
}

/** The text of a field of a matter. */
export function matterWritten(app: App, field: keyof MatterDraft, draft: MatterDraft): string {
  switch (field) {
    case "client":
      return app.clients.find((client) => client.id === draft.client)?.name ?? "";
    case "status":
      return t.matter.states[draft.status];
    case "priority":
      return t.matter.priority[draft.priority];
    case "assignedTo": {
      const people = knownPeople(app.workspace, app.matters);
      return draft.assignedTo.map((id) => people.find((one) => one.id === id)?.name ?? id).join(", ");
    }
    case "opened":
    case "due": {
      const midnight = midnightOf(draft[field]);
      return midnight === null ? draft[field] : day(midnight);
    }
    default:
      return draft[field];
  }
}

/** The label of a field of a client. */
export function clientField(field: keyof ClientForm): string {
  return field === "active" ? t.forms.fields.activeClient : t.forms.fields[field];
}

/** The text of a field of a client. */
export function clientWritten(field: keyof ClientForm, draft: ClientForm): string {
  if (field !== "active") return draft[field];
  return draft.active ? t.forms.yes : t.forms.no;
}
