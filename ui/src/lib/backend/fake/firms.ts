/** The firms a fake computer is connected to: which of them is open, and which user is signed in. */

import type { ConnectionOffer, FirmAccount, FirmsView, FirmView, Workspace } from "../bindings";
import { BackendError } from "../refusal";
import { type FakeClock, later } from "./clock";
import { firm, thisComputer } from "./firm";
import { refuse } from "./refuse";

/** Milliseconds a user takes to sign in with the browser. */
export const signingInTakes = 3000;

const dana: FirmAccount = { person: "Dana Ruiz", email: "dana.ruiz@hale-moore.example" };

/** The made-up firms: the user's own, its training area, and another. */
export const someFirms: readonly FirmView[] = [
  { id: "hale-moore", name: firm.name, project: "hale-moore-vault", training: false, account: dana },
  { id: "hale-moore-training", name: firm.name, project: "hale-moore-vault", training: true, account: dana },
  {
    id: "lakeside",
    name: "Lakeside Legal Aid Clinic",
    project: "lakeside-legal-aid",
    training: false,
    account: null,
  },
];

/** The content of a made-up connection file. */
export const someConnection: ConnectionOffer = {
  id: "connection-1",
  name: "Brandt, Osei & Partners",
  project: "brandt-osei-vault",
  bucket: "brandt-osei-vault.firebasestorage.app",
  signInAt: "https://accounts.google.com/",
  hosts: ["accounts.google.com", "oauth2.googleapis.com"],
  training: false,
  emulators: false,
  known: false,
  changes: [],
};

/** The dependencies of the firms. */
interface Around {
  clock: FakeClock;
  /** Whether there is a network. */
  online: () => boolean;
  /** Another vault is open now. */
  opened: () => void;
}

/** The firms of a computer. */
export class Firms {
  active: string | null;
  /** Whether a session is kept after signing in. */
  remembered = true;
  /** Why signing in fails from now on; null if it succeeds. */
  refusal: string | null = null;
  readonly #around: Around;
  #firms: FirmView[];
  readonly #offers = new Map<string, ConnectionOffer>();
  #stopSigningIn: (() => void) | null = null;

  constructor(firms: readonly FirmView[], active: string | null, around: Around) {
    this.#firms = [...firms];
    this.active = active;
    this.#around = around;
  }

  /** All firms. */
  get view(): FirmsView {
    return { active: this.active, firms: this.#firms };
  }

  /** The open vault; an error while no user is signed in to it. */
  get workspace(): Workspace {
    if (this.active === null) return thisComputer;
    const { id, name, training, account } = this.#firm(this.active);
    if (account === null) return refuse("signIn", `Sign in to ${name} to open its vault.`);
    return { ...firm, ...account, name, firm: id, training, remembered: this.remembered };
  }

  /** A connection file was opened. */
  offer(says: Partial<ConnectionOffer> = {}): ConnectionOffer {
    const offer = { ...someConnection, ...says };
    this.#offers.set(offer.id, offer);
    return offer;
  }

  /** Trusts a connection. */
  connect(id: string): FirmsView {
    const { name, project, training } =
      this.#offers.get(id) ?? refuse("notFound", "This connection was let go. Open its file again.");
    this.#offers.delete(id);
    const made = { id: training ? `${project}-training` : project, name, project, training, account: null };
    this.#firms = [...this.#firms.filter((one) => one.id !== made.id), made];
    this.active = made.id;
    return this.view;
  }

  /** Forgets a connection file. */
  discard(id: string): null {
    this.#offers.delete(id);
    return null;
  }

  /** Waits for the user to sign in with the browser. */
  signIn(id: string): Promise<null> {
    const found = this.#firm(id);
    if (!this.#around.online()) refuse("tryLater", "There is no network. Sign in once there is one.");
    this.#stopSigningIn?.();
    return new Promise((done, fail) => {
      const stop = later(this.#around.clock, signingInTakes, () => {
        this.#stopSigningIn = null;
        if (this.refusal !== null) {
          fail(new BackendError({ code: "invalid", message: this.refusal }));
          return;
        }
        this.#account(found.id, dana);
        this.active = found.id;
        done(null);
        this.#around.opened();
      });
      this.#stopSigningIn = () => {
        stop();
        this.#stopSigningIn = null;
        fail(new BackendError({ code: "stopped", message: "Nobody signed in." }));
      };
    });
  }

  /** Waits no longer. */
  cancelSignIn(): null {
    this.#stopSigningIn?.();
    return null;
  }

  /** Opens another vault. */
  switch(id: string | null): null {
    this.active = id === null ? null : this.#firm(id).id;
    this.#around.opened();
    return null;
  }

  /** Signs out of the active firm. */
  signOut(): null {
    if (this.active === null) refuse("invalid", "Nobody is signed in to the vault of this computer.");
    this.#account(this.active, null);
    this.#around.opened();
    return null;
  }

  /** Removes a connection. */
  forget(id: string): FirmsView {
    const { name, account } = this.#firm(id);
    if (account !== null) refuse("invalid", `Sign out of ${name} first.`);
    this.#firms = this.#firms.filter((one) => one.id !== id);
    return this.view;
  }

  #firm(id: string): FirmView {
    const found = this.#firms.find((one) => one.id === id);
    return found ?? refuse("notFound", "This computer is not connected to this firm any more.");
  }

  #account(id: string, account: FirmAccount | null): void {
    this.#firms = this.#firms.map((one) => (one.id === id ? { ...one, account } : one));
  }
}
