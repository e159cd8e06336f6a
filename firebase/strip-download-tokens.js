// Removes the download tokens from a firm's stored content. `node strip-download-tokens.js --help` shows its usage.

import { read, run, sentence, Told } from "./firm/told.js";

const HELP = `Takes the download tokens away from what a firm has stored, so that no address opens it any more that somebody kept.

  node strip-download-tokens.js --project FIRM --bucket FIRM.firebasestorage.app

  --project   the id of the firm's Firebase project
  --bucket    the name of its bucket, as in the connection file
  --team      only what this firm has stored, by the id that make-firm.js said; else everything that is stored
  --dry-run   changes nothing, and says how many objects have a token

Run it after somebody has left. Nobody else notices it, and it may be run at any time, while people work. What is done is
not done twice: if it was stopped, run it again. It works with your own credentials: first run

  gcloud auth application-default login
`;

const options = {
  project: { type: "string" },
  bucket: { type: "string" },
  team: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

/** How often it says how far it is, in milliseconds. */
const EVERY = 5000;

const number = (count) => count.toLocaleString("en");
const objects = (count) => (count === 1 ? "1 object" : `${number(count)} objects`);

await run(async () => {
  const values = read(options);
  if (values.help) return console.log(HELP);
  const { project, bucket, team, "dry-run": dryRun } = values;
  if (!project || !bucket) throw new Told("Say --project and --bucket; --help tells more.");
  if (!/^[a-z0-9][a-z0-9._-]*$/u.test(bucket)) {
    throw new Told(
      `“${bucket}” is no name of a bucket. Write it as in the connection file, without gs:// and slashes.`,
    );
  }
  if (team && !/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u.test(team)) {
    throw new Told(`“${team}” is no id of a firm. Write the one that make-firm.js said.`);
  }
  // Imported late, so that missing packages are reported, too.
  const [{ strip }, { openBucket }] = await Promise.all([
    import("./firm/tokens.js"),
    import("./firm/project.js"),
  ]);

  const opened = await openBucket(project, bucket);
  let stop = false;
  const interrupt = () => (stop = true);
  process.once("SIGINT", interrupt);
  const prefix = team ? `teams/${team}/` : "teams/";
  let counts;
  let said = Date.now();
  const told = (now) => {
    counts = now;
    if (Date.now() - said < EVERY) return;
    said = Date.now();
    console.log(`… ${objects(now.objects)} looked at, ${number(now.withToken)} had a token`);
  };
  try {
    await strip(opened, prefix, { dryRun, told, stopped: () => stop });
  } catch (error) {
    throw new Told(`${sentence(error)} ${soFar(counts, dryRun)}`);
  } finally {
    process.removeListener("SIGINT", interrupt);
  }
  if (stop) throw new Told(`Stopped. ${soFar(counts, dryRun)}`);
  if (counts.objects === 0) {
    throw new Told(
      `There is nothing below ${prefix} in ${bucket}. Look whether --bucket and --team are right.`,
    );
  }
  if (counts.changing.length > 0) {
    const [first] = counts.changing;
    throw new Told(
      `${objects(counts.changing.length)} (${first} is one) changed again and again meanwhile and may have a token still. ` +
        `Run this again later. ${soFar(counts, dryRun)}`,
    );
  }
  console.log(
    dryRun
      ? `${objects(counts.objects)} looked at; ${number(counts.withToken)} with a token. Nothing was changed.`
      : `${objects(counts.objects)} looked at; tokens taken away from ${number(counts.stripped)}. Addresses that held one open nothing any more.`,
  );
});

/** What there is to say of a run that did not come to its end. */
function soFar({ objects: looked, stripped }, dryRun) {
  if (dryRun) return "Nothing was changed.";
  if (looked === 0) return "No token was taken away.";
  return `Tokens were taken away from ${objects(stripped)} so far; run it again, and it goes on with the others.`;
}
