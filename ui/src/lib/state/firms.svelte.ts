/**
 * The firms this computer is connected to, whichever vault is open and even if none can be: the connection files
 * offered to the user, and signing in.
 */

import {
  type Backend,
  BackendError,
  type ConnectionOffer,
  type FirmsView,
  type WindowEvent,
} from "../backend";

/** A sign-in is in progress: the browser is open, or the vault is being opened after it. */
export interface SigningIn {
  firm: string;
  phase: "browser" | "opening";
}

/** The error of a request, as a sentence; null if the user cancelled it. */
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

  /** `reopen` requests everything again: another vault is open. */
  constructor(backend: Backend, reopen: () => unknown = () => undefined) {
    this.#backend = backend;
    this.#reopen = reopen;
  }

  /** The firm whose vault is open, or would be after signing in. */
  get active(): FirmsView["firms"][number] | null {
    return this.view.firms.find(({ id }) => id === this.view.active) ?? null;
  }

  /** Handles the events of the window. */
  onEvent(event: WindowEvent): void {
    if (event.kind === "connection") this.#show(event.offer);
    else if (event.kind === "workspace") this.#reopen();
  }

  /** Requests the list of firms. The old list stays if there is no answer. */
  async ask(): Promise<void> {
    try {
      this.view = await this.#backend.firms();
    } catch {
      // The reason why the vault is not open is shown elsewhere.
    }
  }

  /** Asks for a connection file with the system's dialog, and shows its content. */
  async choose(): Promise<string | null> {
    try {
      const offer = await this.#backend.chooseConnection();
      if (offer) this.#show(offer);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Trusts the shown connection. Returns the reason if that fails. */
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

  /** Rejects the shown connection. */
  discard(): void {
    if (this.offer !== null) this.#dropOffer(this.offer);
    this.offer = null;
  }

  /** Opens the browser to sign in to a firm. After that, the program reports that another vault is open. */
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
    // The vault may be open before the answer arrives.
    if (this.signingIn === attempt) this.signingIn = next;
  }

  /** Stops waiting for the browser. */
  async cancelSignIn(): Promise<void> {
    try {
      await this.#backend.cancelSignIn();
    } catch (error) {
      this.refusal = reason(error);
    }
  }

  /** Opens the vault of another firm, or of this computer. Returns the reason if that fails. */
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

  /** Signs out of the firm whose vault is open. Returns the reason if that fails. */
  async signOut(forget: boolean): Promise<string | null> {
    try {
      await this.#backend.signOut(forget);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Removes the connection to a firm. Returns the reason if that fails. */
  async forget(firm: string): Promise<string | null> {
    try {
      this.view = await this.#backend.forgetFirm(firm);
      return null;
    } catch (error) {
      return reason(error);
    }
  }

  /** Another vault is open. Returns whether the user has just signed in to it. */
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
    // Nothing was stored for it: if it can't be discarded, it ends with the program.
    this.#backend.discardConnection(id).catch(() => undefined);
  }
}
