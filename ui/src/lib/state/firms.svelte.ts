/**
 * The firms this computer is connected to, whichever vault is open and even if none can be: what a connection file says
 * before it is trusted, and signing in.
 */

import {
  type Backend,
  BackendError,
  type ConnectionOffer,
  type FirmsView,
  type WindowEvent,
} from "../backend";

/** Somebody signs in: the browser is waited for, or the vault is opened after it. */
export interface SigningIn {
  firm: string;
  phase: "browser" | "opening";
}

/** What a request failed with, as a sentence; nothing where the person changed their mind. */
function reason(error: unknown): string | null {
  if (error instanceof BackendError && error.code === "stopped") return null;
  return error instanceof Error ? error.message : String(error);
}

/** The firms of this computer. */
export class Firms {
  view = $state.raw<FirmsView>({ active: null, firms: [] });
  /** A connection that is shown, and not trusted yet. */
  offer = $state.raw<ConnectionOffer | null>(null);
  signingIn = $state.raw<SigningIn | null>(null);
  /** Why signing in failed. */
  refusal = $state<string | null>(null);
  readonly #backend: Backend;
  readonly #reopen: () => unknown;

  /** `reopen` asks for everything anew: another vault is open. */
  constructor(backend: Backend, reopen: () => unknown = () => undefined) {
    this.#backend = backend;
    this.#reopen = reopen;
  }

  /** The firm whose vault is open, or would be if somebody signed in. */
  get active(): FirmsView["firms"][number] | null {
    return this.view.firms.find(({ id }) => id === this.view.active) ?? null;
  }

  /** Hears what is told to the window. */
  onEvent(event: WindowEvent): void {
    if (event.kind === "connection") this.#show(event.offer);
    else if (event.kind === "workspace") this.#reopen();
  }

  /** Asks which firms there are. What was known stays if there is no answer. */
  async ask(): Promise<void> {
    try {
      this.view = await this.#backend.firms();
    } catch {
      // Why the vault is not open is said in another place.
    }
  }

  /** Asks for a connection file with the system's dialog, and shows what it says. */
  async choose(): Promise<string | null> {
    try {
      const offer = await this.#backend.chooseConnection();
      if (offer) this.#show(offer);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Trusts the connection that is shown. Gives the reason if it can't be. */
  async connect(): Promise<string | null> {
    if (this.offer === null) return null;
    try {
      this.view = await this.#backend.connect(this.offer.id);
    } catch (error) {
      return reason(error);
    }
    this.offer = null;
    this.refusal = null;
    this.#reopen();
    return null;
  }

  /** The connection that is shown is not trusted. */
  discard(): void {
    if (this.offer !== null) this.#dropOffer(this.offer);
    this.offer = null;
  }

  /** Opens the browser to sign in to a firm. Once somebody has, the program tells that another vault is open. */
  async signIn(firm: string): Promise<void> {
    const attempt: SigningIn = { firm, phase: "browser" };
    this.signingIn = attempt;
    this.refusal = null;
    let next: SigningIn | null = { firm, phase: "opening" };
    try {
      await this.#backend.signIn(firm);
    } catch (error) {
      next = null;
      if (this.signingIn === attempt) this.refusal = reason(error);
    }
    // The vault may be open before the answer is there.
    if (this.signingIn === attempt) this.signingIn = next;
  }

  /** Waits for the browser no longer. */
  async cancelSignIn(): Promise<void> {
    try {
      await this.#backend.cancelSignIn();
    } catch (error) {
      this.refusal = reason(error);
    }
  }

  /** Opens the vault of another firm, or of this computer. Gives the reason if it can't be done. */
  async switchTo(firm: string | null): Promise<string | null> {
    if (firm === this.view.active) return null;
    this.refusal = null;
    try {
      if (this.signingIn?.phase === "browser") await this.#backend.cancelSignIn();
      await this.#backend.switchWorkspace(firm);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Signs out of the firm whose vault is open. Gives the reason if it can't be done. */
  async signOut(forget: boolean): Promise<string | null> {
    try {
      await this.#backend.signOut(forget);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Takes the connection to a firm away. Gives the reason if it can't be. */
  async forget(firm: string): Promise<string | null> {
    try {
      this.view = await this.#backend.forgetFirm(firm);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Another vault is open. Says whether somebody has just signed in to it. */
  opened(): boolean {
    const signedIn = this.signingIn !== null;
    this.signingIn = null;
    this.refusal = null;
    return signedIn;
  }

  #show(offer: ConnectionOffer): void {
    if (this.offer !== null && this.offer.id !== offer.id) this.#dropOffer(this.offer);
    this.offer = offer;
  }

  #dropOffer({ id }: ConnectionOffer): void {
    // Nothing of it was kept: if it can't be forgotten, it goes with the program.
    this.#backend.discardConnection(id).catch(() => undefined);
  }
}
