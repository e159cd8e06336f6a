/** The actions for a matter or a client in the list on the left. */

import type { ClientView, MatterView } from "../backend";
import type { MenuItem } from "../controls/menu";
import { removeClient, removeMatter, setStatus } from "../forms/changes";
import type { App } from "../state/app.svelte";
import { t } from "../text";
import { firmsOwn } from "./groups";

/** The actions for a matter. */
export function matterMenu(app: App, matter: MatterView): MenuItem[] {
  const { client, status } = matter;
  const of = app.clients.find((one) => one.id === client);
  const open: MenuItem[] = [
    {
      label: t.files.open,
      icon: "matter",
      run: () => {
        app.openMatter(matter.id);
      },
    },
    {
      label: t.matter.tabs.history,
      icon: "history",
      run: () => {
        app.openMatter(matter.id, { tab: "history" });
      },
    },
    {
      label: t.matter.tabs.details,
      icon: "edit",
      run: () => {
        app.openMatter(matter.id, { tab: "details" });
      },
    },
  ];
  const restore: MenuItem = {
    label: t.files.restoreMatter,
    icon: "restore",
    disabled: matter.files === 0,
    run: () => app.ask(app.backend.restore({ kind: "matter", id: matter.id })),
  };
  const forClient: MenuItem[] = of ? ["line", ...clientMenu(app, of, false)] : [];
  if (matter.id === firmsOwn) return [...open, "line", restore];
  return [
    ...open,
    "line",
    restore,
    ...forClient,
    "line",
    status === "active"
      ? { label: t.forms.status.hold, icon: "onHold", run: () => setStatus(app, matter, "onHold") }
      : {
          label: status === "closed" ? t.forms.status.reopen : t.forms.status.goOn,
          icon: "active",
          run: () => setStatus(app, matter, "active"),
        },
    ...(status === "closed"
      ? []
      : [
          {
            label: t.forms.status.close,
            icon: "closed" as const,
            run: () => setStatus(app, matter, "closed"),
          },
        ]),
    { label: t.forms.status.remove, icon: "remove", danger: true, run: () => removeMatter(app, matter) },
  ];
}

/** The actions for a client; removing is offered if it has no matters. */
export function clientMenu(app: App, client: ClientView, removable = true): MenuItem[] {
  const used = app.matters.some((matter) => matter.client === client.id && !matter.removed);
  return [
    {
      label: t.sidebar.newMatterFor(client.name),
      icon: "add",
      run: () => (app.overlay = { kind: "newMatter", client: client.id }),
    },
    {
      label: t.forms.editClient(client.name),
      icon: "edit",
      run: () => (app.overlay = { kind: "editClient", client: client.id }),
    },
    ...(removable
      ? [
          {
            label: t.forms.status.removeClient,
            icon: "remove" as const,
            danger: true,
            disabled: used,
            run: () => removeClient(app, client),
          },
        ]
      : []),
  ];
}
