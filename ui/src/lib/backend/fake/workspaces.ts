/** The vaults of a fake computer: its own and those of firms, one of them open. */

import type { Offer, WindowEvent } from "../bindings";
import type { FakeOptions, Outside } from "../fake";
import type { FakeClock } from "./clock";
import type { Copy } from "./copy";
import { Firms, someFirms } from "./firms";
import { refuse } from "./refuse";
import { type AcrossVaults, type Done, openVault, type OpenVault } from "./requests";

interface Given extends FakeOptions {
  clock: FakeClock;
  tell: (event: WindowEvent) => void;
}

/** The answers of a fake computer to each request, and what tests can do to it. */
export interface Workspaces {
  requests: Done;
  offer: (names: string[]) => Offer;
  clipboard: () => readonly string[];
  outside: Outside;
}

/** A computer with its vaults. */
export function createWorkspaces({ clock, tell, ...options }: Given): Workspaces {
  const { firstStart = false, local = false, training = false, signedOut = false } = options;
  let offline = options.offline === true;
  const first = local || firstStart ? null : training ? "hale-moore-training" : "hale-moore";
  const known = firstStart ? [] : someFirms.map((one) => (signedOut ? { ...one, account: null } : one));
  const firms = new Firms(known, first, {
    clock,
    online: () => !offline,
    opened: () => {
      tell({ kind: "workspace" });
    },
  });
  const vaults = new Map<string | null, OpenVault>();

  /** The open vault. The requested one is as requested; the others contain little. */
  function open(): OpenVault {
    const { active } = firms;
    const kept = vaults.get(active);
    if (kept) return kept;
    const made = openVault({
      ...options,
      ...(active === first ? {} : { empty: true, archive: 10, firstStart: false }),
      clock,
      offline,
      ofFirm: active !== null,
      around: () => ({ workspace: firms.workspace, firms: firms.view }),
      tell: (event) => {
        if (firms.active === active) tell(event);
      },
    });
    vaults.set(active, made);
    return made;
  }

  function copy(): Copy {
    return open().copy ?? refuse("invalid", "The vault of this computer is no copy of another.");
  }

  const across: Pick<Done, AcrossVaults> = {
    firms: () => firms.view,
    chooseConnection: () => firms.offer(),
    connect: (id) => firms.connect(id),
    discardConnection: (id) => firms.discard(id),
    signIn: (id) => firms.signIn(id),
    cancelSignIn: () => firms.cancelSignIn(),
    switchWorkspace: (id) => firms.switch(id),
    signOut(forget) {
      const waits = open().works.views.some(({ phase }) => phase === "held" || phase === "paused");
      if (forget && waits)
        refuse("invalid", "Files wait to be sent, so this computer’s copy can’t be removed yet.");
      if (forget) vaults.delete(firms.active);
      return firms.signOut();
    },
    forgetFirm: (id) => firms.forget(id),
  };

  const names = Object.keys(open().requests) as Exclude<keyof Done, AcrossVaults>[];
  const one = names.map((name) => [
    name,
    (...args: never[]) => (open().requests[name] as (...given: never[]) => unknown)(...args),
  ]);
  return {
    requests: { ...(Object.fromEntries(one) as Omit<Done, AcrossVaults>), ...across },
    offer: (names) => open().offer(names),
    clipboard: () => open().clipboard,
    outside: {
      goOffline(message) {
        offline = true;
        copy().goOffline(message);
        open().works.offline();
      },
      goOnline(documents) {
        offline = false;
        copy().goOnline(documents);
        open().works.online();
      },
      endSession(message) {
        copy().askSignIn(message);
      },
      changeThere(matter, change) {
        copy().changeThere(matter, change);
      },
      setAside(count) {
        copy().setAside(count);
      },
      connection(says) {
        tell({ kind: "connection", offer: firms.offer(says) });
      },
      refuseSignIn(message) {
        firms.refusal = message;
      },
      forgetPassword() {
        firms.remembered = false;
      },
    },
  };
}
