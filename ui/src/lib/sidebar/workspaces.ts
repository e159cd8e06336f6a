/** The vaults of this computer as a menu: its own, those of the firms, and the entry to connect another. */

import type { MenuItem } from "../controls/menu";
import { firmName } from "../firm/name";
import type { App } from "../state/app.svelte";
import { t } from "../text";

/** The actions of the menu. */
export function workspaceMenu(app: App): MenuItem[] {
  const { firm } = app.workspace;
  return [
    {
      label: t.sidebar.local,
      icon: "device",
      chosen: firm === null,
      run: () => leaveFor(app, null),
    },
    ...app.firms.view.firms.map((one): MenuItem => ({
      label: firmName(one),
      hint: one.account?.email ?? t.firm.workspaces.signedOut,
      icon: one.training ? "training" : "firm",
      chosen: firm === one.id,
      run: () => leaveFor(app, one.id),
    })),
    "line",
    { label: t.firm.workspaces.connect, icon: "connect", run: () => connect(app) },
    ...(firm === null
      ? []
      : [
          {
            label: t.firm.workspaces.signOut,
            icon: "signOut" as const,
            run: () => (app.overlay = { kind: "signOut" }),
          },
        ]),
    "line",
    { label: t.sidebar.about, icon: "info", run: () => (app.overlay = { kind: "about" }) },
  ];
}

/** Asks for a connection file; its content is then shown automatically. */
export async function connect(app: App): Promise<void> {
  const wrong = await app.firms.choose();
  if (wrong !== null) app.showError(wrong);
}

/** Opens another vault; the window then shows it automatically. */
export async function leaveFor(app: App, firm: string | null): Promise<void> {
  const wrong = await app.firms.switchTo(firm);
  if (wrong !== null) app.showError(wrong);
}
