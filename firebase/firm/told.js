// What a script says to whoever runs it: one sentence about what happened and one about what to do next, never the
// program's insides. Needs nothing that has to be installed, so that it can say that something is not.

import { parseArgs } from "node:util";

/** Something to be told to whoever runs a script, who can do something about it. */
export class Told extends Error {}

/** Runs a script to its end. */
export async function run(script) {
  // That this computer is none of Google's own is no news.
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name !== "MetadataLookupWarning") console.error(`${name}: ${message}`);
  });
  try {
    await script();
  } catch (error) {
    console.error(sentence(error));
    process.exitCode = 1;
  }
}

// ── What was written on the command line ────────────────────────────────────────────────────────────────────────────

/** The values of a script's options, as `parseArgs` describes them; a slip is told. */
export function read(options, args = process.argv.slice(2)) {
  const { values, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const seen = new Set();
  for (const { kind, name, rawName, value, inlineValue } of tokens) {
    if (kind !== "option") {
      throw new Told(
        `“${value ?? "--"}” belongs to no option. Put quotes around what has spaces in it, and two hyphens before the ` +
          "name of an option; --help lists them.",
      );
    }
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option || rawName !== `--${name}`) throw new Told(unknown(rawName, Object.keys(options)));
    if (option.type === "boolean" && inlineValue) {
      throw new Told(`${rawName} takes no value. Write ${rawName} alone.`);
    }
    if (option.type === "string" && (!value?.trim() || (!inlineValue && value.startsWith("-")))) {
      throw new Told(`${rawName} needs a value after it; --help shows which.`);
    }
    if (option.type === "string" && !option.multiple && seen.has(name)) {
      throw new Told(`${rawName} is there twice. Say it once.`);
    }
    seen.add(name);
  }
  return values;
}

function unknown(written, names) {
  const near = names
    .map((name) => ({ name, distance: distance(written.replace(/^-+/u, ""), name) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const meant = near.distance <= 2 ? ` Did you mean --${near.name}?` : "";
  return `There is no option ${written}.${meant} --help lists the options.`;
}

/** How many letters have to be put in, left out or replaced to make one word of another. */
function distance(a, b) {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length];
}

// ── What Firebase's and Google's libraries say ──────────────────────────────────────────────────────────────────────

const SIGN_IN = "Run  gcloud auth application-default login  and then this again.";

/** The first that fits: a pattern of codes and messages, and what is told then. Specific ones stand first. */
const KNOWN = [
  [
    /ERR_MODULE_NOT_FOUND/u,
    () =>
      "What this script needs is not installed. Run  npm ci  in the folder of this script and then this again.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|socket hang up|^14 |network-timeout/mu,
    (said) =>
      `${serverOf(said)} cannot be reached. Look whether this computer has a network, and then run this again.`,
  ],
  [
    /GOOGLE_APPLICATION_CREDENTIALS.*(?:does not exist|ENOENT|EACCES|not a file)/su,
    () =>
      `The file ${credentials()} cannot be read, and GOOGLE_APPLICATION_CREDENTIALS says that your credentials are in ` +
      "it. Correct that variable, or remove it and run  gcloud auth application-default login.",
  ],
  [
    /GOOGLE_APPLICATION_CREDENTIALS/u,
    () =>
      `The file ${credentials()} holds no credentials that can be read, and GOOGLE_APPLICATION_CREDENTIALS says that ` +
      "they are in it. Correct that variable, or remove it and run  gcloud auth application-default login.",
  ],
  [
    /Could not load the default credentials/u,
    () => `Nobody is signed in to Google Cloud on this computer. ${SIGN_IN}`,
  ],
  [/invalid_grant|invalid_rapt|reauth/u, () => `Your sign-in to Google Cloud has ended. ${SIGN_IN}`],
  [
    /quota project/u,
    () =>
      "Google does not know which project to count this for. Run  gcloud auth application-default set-quota-project " +
      "with the project's id and then this again.",
  ],
  [
    /invalid-credential|UNAUTHENTICATED|^16 |\b401\b|Unexpected (?:token|end)|in JSON at/mu,
    () => `Google does not accept your credentials. ${SIGN_IN}`,
  ],
  [
    /SERVICE_DISABLED|has not been used in project|it is disabled/u,
    () =>
      "The project lacks a part of Firebase that this needs. Do step 1 and step 2 of docs/set-up-your-firm.md and then run " +
      "this again.",
  ],
  [
    /configuration-not-found|CONFIGURATION_NOT_FOUND/u,
    () =>
      "Nobody can sign in to this project yet. Do step 2 of docs/set-up-your-firm.md and then run this again.",
  ],
  [
    /project-not-found|PROJECT_NOT_FOUND/u,
    () => "There is no such project. Look for its id in the Firebase console, and say it after --project.",
  ],
  [
    /bucket does not exist|specified bucket/u,
    () =>
      "There is no such bucket. Look for its name in the Firebase console (Storage), and say it after --bucket, without gs://.",
  ],
  [
    /^5 |database .* does not exist/mu,
    () =>
      "The project has no such database. Make it (docs/set-up-your-firm.md, step 1; for training, the chapter Training) and " +
      "then run this again.",
  ],
  [
    /insufficient-permission|PERMISSION_DENIED|^7 |\b403\b|does not have .* access/mu,
    () =>
      "Your account may not do this in the project. Sign in with an account that owns the project: " +
      "gcloud auth application-default login.",
  ],
  [
    /RESOURCE_EXHAUSTED|^8 |quota-exceeded|too-many|\b429\b/mu,
    () => "Google takes no more requests at the moment. Wait some minutes and then run this again.",
  ],
];

/** One line for whoever runs the script, whatever was thrown. */
export function sentence(error) {
  if (error instanceof Told) return error.message;
  const said = [error?.code, error?.cause?.message, error?.message ?? error].filter(Boolean).join("\n");
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  if (known) return known[1](said);
  const first = String(error?.message ?? error)
    .split("\n")[0]
    .replace(/[\s.]+$/u, "");
  return `This did not work: ${first}. Run it again; if it fails in the same way, report it with this line.`;
}

const credentials = () => process.env.GOOGLE_APPLICATION_CREDENTIALS;

const serverOf = (said) =>
  /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH) ([\w.:[\]-]*\w)/u.exec(
    said,
  )?.[1] ?? "Google";
