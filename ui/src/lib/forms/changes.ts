/** Changes of matters and clients that apply at once, and can be undone. */

import type { ClientView, MatterState, MatterView } from "../backend";
import { shortName } from "../drag/target";
import type { App } from "../state/app.svelte";
import { t } from "../text";

/** Closes, reopens or puts on hold, and offers to undo it. */
export async function setStatus(app: App, matter: MatterView, status: MatterState): Promise<void> {
  const { id, status: before } = matter;
  if ((await app.ask(app.backend.setMatterStatus(id, status))) === undefined) return;
  const said = {
    active: t.forms.status.reopened,
    closed: t.forms.status.closed,
    onHold: t.forms.status.held,
  };
  app.toast(said[status](shortName(matter)), {
    label: t.controls.undo,
    run: () => app.ask(app.backend.setMatterStatus(id, before)),
  });
}

/** Removes a matter, and offers to undo it. */
export async function removeMatter(app: App, matter: MatterView): Promise<void> {
  if ((await app.ask(app.backend.setMatterRemoved(matter.id, true))) === undefined) return;
  app.toast(t.forms.status.removed(shortName(matter)), {
    label: t.controls.undo,
    run: () => app.ask(app.backend.setMatterRemoved(matter.id, false)),
  });
}

/** Brings a removed matter back. */
export async function bringMatterBack(app: App, matter: MatterView): Promise<void> {
  if ((await app.ask(app.backend.setMatterRemoved(matter.id, false))) === undefined) return;
  app.toast(t.sidebar.broughtBack(shortName(matter)));
}

/** Removes a client, and offers to undo it. */
export async function removeClient(app: App, client: ClientView): Promise<void> {
  if ((await app.ask(app.backend.setClientRemoved(client.id, true))) === undefined) return;
  app.toast(t.forms.status.removed(client.name), {
    label: t.controls.undo,
    run: () => app.ask(app.backend.setClientRemoved(client.id, false)),
  });
}

/** Brings a removed client back. */
export async function bringClientBack(app: App, client: ClientView): Promise<void> {
  if ((await app.ask(app.backend.setClientRemoved(client.id, false))) === undefined) return;
  app.toast(t.sidebar.broughtBack(client.name));
}
