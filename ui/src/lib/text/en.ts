/** Every text of the window, in English. A translation is another file with the same keys. */
export const en = {
  product: "Strongroom",
  sidebar: {
    label: "Vault",
    workspace: "On this computer",
    matters: "Matters",
    noMatters: "Your matters, grouped by client, will be listed here.",
    version: (version: string) => `Version ${version}`,
    versionUnknown: "Version not known",
  },
  welcome: {
    title: "Welcome to Strongroom",
    lead: "The place for everything a client hands over: each file kept once, with every name, folder and date it came with.",
    notice: {
      title: "This window is on its way",
      body: "You can’t file from here yet. Filing works from the command line today, into a vault on this computer, with no account.",
    },
    steps: {
      title: "From the command line",
      look: {
        title: "Look first",
        body: "See what a folder holds and what is already in the vault. Nothing is stored.",
        command: "strongroom preflight FOLDER --matter 2024-001",
      },
      file: {
        title: "File it",
        body: "Take the folder in. If it is interrupted, it goes on where it stopped.",
        command: "strongroom file FOLDER --matter 2024-001",
      },
      trace: {
        title: "Ask where it came from",
        body: "Every drop of the matter: who, when, from which device and folder.",
        command: "strongroom history --matter 2024-001",
      },
      more: {
        title: "See the rest",
        body: "Search, verify, give a folder back exactly as received.",
        command: "strongroom --help",
      },
    },
    comingTitle: "What this window will do",
    coming: [
      "Drop a folder on a matter, and see what is new and what is already there before anything is stored.",
      "Browse files, folders and history, with or without a network.",
      "Explain in a sentence, with a button, whatever needs a person.",
    ],
  },
} as const;
