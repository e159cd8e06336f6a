/** Unsaved edits by record: an edit that is left for another page of the window is still there afterwards. */

import type { ClientForm, ClientView, MatterView } from "../backend";
import type { App } from "../state/app.svelte";
import { clientForm, type MatterDraft, matterDraft, matterForm } from "./drafts";
import { t } from "../text";
import { Edited, type Kept } from "./edited.svelte";

const matters = new WeakMap<App, Map<string, Edited<MatterDraft>>>();
const clients = new WeakMap<App, Map<string, Edited<ClientForm>>>();

/** The unsaved edit of a matter, or a new one. */
export function editedMatter(app: App, matter: MatterView): Edited<MatterDraft> {
  return goingOn(matters, app, matter.id, () => new Edited(keptMatter(matter)));
}

/** The unsaved edit of a client, or a new one. */
export function editedClient(app: App, client: ClientView): Edited<ClientForm> {
  return goingOn(clients, app, client.id, () => new Edited(keptClient(client)));
}

/** Unsaved edits continue when the same vault is opened again. */
export function carryEdits(from: App, to: App): void {
  const [ofMatters, ofClients] = [matters.get(from), clients.get(from)];
  if (ofMatters) matters.set(to, ofMatters);
  if (ofClients) clients.set(to, ofClients);
}

/** A matter as stored. */
export function keptMatter(matter: MatterView): Kept<MatterDraft> {
  return { draft: matterDraft(matter), updatedAt: matter.updatedAt };
}

/** A client as stored. */
export function keptClient(client: ClientView): Kept<ClientForm> {
  return { draft: clientForm(client), updatedAt: client.updatedAt };
}

/** Saves the edit of a matter; returns whether it was saved. */
export function saveMatter(app: App, id: string, edited: Edited<MatterDraft>): Promise<boolean> {
  return edited.save(
    async (updatedAt, draft) => keptMatter(await app.backend.editMatter(id, updatedAt, matterForm(draft))),
    () => {
      const matter = app.matterOf(id);
      return matter ? keptMatter(matter) : undefined;
    },
  );
}

/** Saves the edit of a client; returns whether it was saved. */
export function saveClient(app: App, id: string, edited: Edited<ClientForm>): Promise<boolean> {
  return edited.save(
    async (updatedAt, draft) => keptClient(await app.backend.editClient(id, updatedAt, clientForm(draft))),
    () => {
      const client = app.clients.find((one) => one.id === id);
      return client && keptClient(client);
    },
  );
}

/** The message after saving: offline, the edit has only been saved here. */
export function wordOfSaving(app: App): string {
  return app.sync?.state === "offline" ? t.forms.savedHere : t.forms.saved;
}

function goingOn<Draft extends object>(
  all: WeakMap<App, Map<string, Edited<Draft>>>,
  app: App,
  id: string,
  make: () => Edited<Draft>,
): Edited<Draft> {
  const edits = all.get(app) ?? new Map<string, Edited<Draft>>();
  all.set(app, edits);
  const known = edits.get(id) ?? make();
  edits.set(id, known);
  return known;
}
