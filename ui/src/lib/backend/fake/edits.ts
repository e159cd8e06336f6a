/** Creating and changing clients and matters of a fake vault. */

import type { ClientForm, ClientView, MatterForm, MatterView } from "../bindings";
import type { FakeClock } from "./clock";
import type { Copy } from "./copy";
import { people } from "./firm";
import { refuse } from "./refuse";
import type { Done } from "./requests";
import type { Vault } from "./vault";

type Edits = Pick<
  Done,
  | "createClient"
  | "editClient"
  | "setClientRemoved"
  | "createMatter"
  | "editMatter"
  | "setMatterStatus"
  | "setMatterRemoved"
>;

/** The requests that change clients and matters; `changed` is called after each. In a firm, `copy` records each. */
export function createEdits(vault: Vault, clock: FakeClock, copy: Copy | null, changed: () => void): Edits {
  let next = 1;

  function doneClient({ id }: ClientView): ClientView {
    copy?.made({ kind: "client", mine: vault.client(id), theirs: null });
    changed();
    return vault.client(id);
  }

  function doneMatter({ id }: MatterView): MatterView {
    copy?.made({ kind: "matter", mine: vault.matter(id), theirs: null });
    changed();
    return vault.matter(id);
  }

  function unchangedSince(updatedAt: number, shown: number, what: string): void {
    if (updatedAt !== shown) {
      refuse(
        "conflict",
        `Somebody else changed ${what} meanwhile. Look at it as it is now, and change it again.`,
      );
    }
  }

  function checkClient(form: ClientForm): void {
    if (form.name.trim() === "") refuse("invalid", "A client needs a name.");
  }

  function checkMatter(form: MatterForm, self: string | null): void {
    if (form.title.trim() === "") refuse("invalid", "A matter needs a title.");
    if (form.number.trim() === "" && self !== "general") refuse("invalid", "A matter needs a number.");
    const taken = vault.matters.find(({ id, number }) => id !== self && number === form.number.trim());
    if (taken) refuse("invalid", `The number ${form.number} is taken by “${taken.title}”. Choose another.`);
  }

  /** The fields derived from the form. */
  function derived(form: MatterForm): Pick<MatterView, "clientName" | "mine" | "people" | "updatedAt"> {
    return {
      clientName: form.client === null ? null : vault.client(form.client).name,
      mine: form.assignedTo.includes("dana"),
      people: people.filter(({ user }) => form.assignedTo.includes(user)).map(({ person }) => person),
      updatedAt: clock.now() + next++,
    };
  }

  return {
    createClient(form) {
      checkClient(form);
      const client = {
        ...form,
        id: `client-${String(next++)}`,
        removed: false,
        updatedAt: clock.now(),
        waiting: false,
      };
      vault.clients = [...vault.clients, client].sort((a, b) => a.name.localeCompare(b.name));
      return doneClient(client);
    },
    editClient(id, updatedAt, form) {
      checkClient(form);
      unchangedSince(vault.client(id).updatedAt, updatedAt, "this client");
      return doneClient(vault.changeClient(id, { ...form, updatedAt: clock.now() + next++ }));
    },
    setClientRemoved: (id, removed) => doneClient(vault.changeClient(id, { removed })),
    createMatter(form) {
      checkMatter(form, null);
      const id = `matter-${String(next++)}`;
      const matter = {
        ...form,
        ...derived(form),
        id,
        files: 0,
        lastFiled: null,
        removed: false,
        waiting: false,
      };
      vault.matters = [...vault.matters, matter].sort((a, b) => a.number.localeCompare(b.number));
      return doneMatter(matter);
    },
    editMatter(id, updatedAt, form) {
      checkMatter(form, id);
      unchangedSince(vault.matter(id).updatedAt, updatedAt, "this matter");
      return doneMatter(vault.changeMatter(id, { ...form, ...derived(form) }));
    },
    setMatterStatus(id, status) {
      if (id === "general" && status !== "active") refuse("invalid", "The firm’s own matter stays open.");
      return doneMatter(vault.changeMatter(id, { status, updatedAt: clock.now() + next++ }));
    },
    setMatterRemoved(id, removed) {
      if (id === "general") refuse("invalid", "The firm’s own matter cannot be removed.");
      return doneMatter(vault.changeMatter(id, { removed, updatedAt: clock.now() + next++ }));
    },
  };
}
