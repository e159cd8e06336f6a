/** Texts of a firm's vault: connecting, signing in and out, and how this computer stands to it. */

import { number } from "../../format";
import { counted } from "../counted";

const filesWaiting = (count: number) => counted("en", count, { one: "file waiting", other: "files waiting" });
const editsWaiting = (count: number) =>
  counted("en", count, { one: "change waiting", other: "changes waiting" });

export const firm = {
  training: "Training",
  trainingHint: "What you do here is practice: it is kept apart from the firm’s own records.",
  named: (name: string, training: string) => `${name} — ${training}`,
  workspaces: {
    menu: "Workspace",
    signedOut: "Not signed in",
    connect: "Connect to a firm…",
    signOut: "Sign out…",
  },
  connection: {
    title: (name: string) => `Connect to ${name}?`,
    lead: "This is what the connection says. Nothing has been sent there yet.",
    name: "Firm",
    project: "Firebase project",
    stored: "Documents are stored in",
    signInAt: "You sign in at",
    check: "Anybody can write any name here; check the project with your administrator.",
    trainingNote: "This leads to the firm’s training area: what is filed there is practice.",
    emulatorsNote: "This leads to a trial on this computer, not to the vault of a firm.",
    knownNote: "You are connected to this firm already. This connection takes the place of the one before.",
    connect: "Connect",
  },
  signIn: {
    lead: "Your browser opens the page to sign in. Strongroom never sees your password.",
    button: "Sign in with your browser",
    waiting: "Waiting for your browser…",
    waitingHint: "The page opened there. Sign in, and come back here.",
    opening: "Signed in. Opening the vault…",
    again: "Try again",
    instead: "Or",
    here: "Work on this computer instead",
    open: (name: string) => `Open ${name}`,
    other: "Connect to another firm…",
    notRemembered: "You’ll be asked to sign in again next time: this computer can’t keep your sign-in.",
  },
  bar: {
    label: "The firm’s vault",
    offline: (when: string) => `Offline — as of ${when}.`,
    never: "Offline — nothing has been fetched from the firm yet.",
    waiting: (files: number, edits: number) =>
      `${[files > 0 ? filesWaiting(files) : "", edits > 0 ? editsWaiting(edits) : ""]
        .filter((part) => part !== "")
        .join(", ")}.`,
    again: "Try again now",
    trying: "Trying…",
    catchingUp: "Getting the firm’s records…",
    taken: (count: number) => number(count),
    current: "Everything is up to date.",
    signIn: "Sign in",
    signInNeeded: "You have to sign in again.",
    refused: (count: number) =>
      `${counted("en", count, { one: "change", other: "changes" })} could not be written to the firm’s vault.`,
    show: (count: number) => `Show ${counted("en", count, { one: "change", other: "changes" })}`,
    decide: "Decide…",
  },
  edits: {
    waiting: "Waiting",
    waitingHint: "A change is on this computer, and has not reached the firm’s vault yet.",
    undecided: "To decide",
    undecidedHint: "A change could not be written to the firm’s vault. Decide which version to keep.",
    title: "Changes that wait",
    titleRefused: "Changes that could not be written",
    lead: "They are kept on this computer and written to the firm’s vault as soon as it can be reached.",
    none: "Nothing waits any more. Everything is in the firm’s vault.",
    client: "Client",
    matter: "Matter",
    made: (when: string) => `changed ${when}`,
    yours: "Yours",
    theirs: "In the firm’s vault",
    keepMine: "Keep mine",
    keepTheirs: "Keep theirs",
    tryMine: "Try again",
    dropMine: "Give up my change",
    keptMine: (name: string) => `${name}: your version stays.`,
    keptTheirs: (name: string) => `${name}: the version in the firm’s vault stays.`,
  },
  signOut: {
    title: (name: string) => `Sign out of ${name}?`,
    lead: (person: string, email: string) => `${person} · ${email}`,
    body: "The firm’s records can’t be opened on this computer until somebody signs in again. Nothing in the firm’s vault changes.",
    waiting: (files: number, edits: number) =>
      `${firm.bar.waiting(files, edits).slice(0, -1)}: they stay on this computer until you sign in again, and go on then.`,
    forget: "Also remove the firm’s copy from this computer",
    forgetHint: "The lists and documents that are kept here for work without a network.",
    forgetNot: "Not while something waits: it is nowhere but on this computer.",
    button: "Sign out",
  },
  list: {
    none: "This computer is not connected to a firm.",
    open: "Open now",
    project: (project: string) => `Project ${project}`,
    signedIn: (person: string, email: string) => `${person} · ${email}`,
    remove: "Remove connection",
    removeNamed: (name: string) => `Remove connection: ${name}`,
    removeHint: "To connect again, you need the connection file or the link.",
    reallyRemove: "Remove",
    removed: (name: string) => `The connection to ${name} was removed.`,
    openIt: "Open",
    keep: "Keep",
  },
};
