// Creates a firm in a Firebase project, or adds users to it. `node make-firm.js --help` shows its usage.

import { read, run, Told } from "./firm/told.js";

const HELP = `Makes a firm in a Firebase project, or takes more people into the one its first administrator belongs to.

  node make-firm.js --project FIRM --name "Archer & Baker" \\
      --admin "Ann Archer <ann@firm.example>" --member "Ben Baker <ben@firm.example>"

  --project        the id of the firm's Firebase project
  --name           what the firm is called
  --admin          somebody who administers it; may be repeated
  --member         somebody who works with it; may be repeated
  --demote         an administrator who from now on only works with it; may be repeated
  --make-accounts  gives an account to those who have never signed in; only where everybody signs in with Google
  --trust          the id of a provider that your firm runs itself (oidc.entra, for one) and that does not say whether
                   e-mail addresses are verified: those of its accounts count as such
  --training       founds it in the database “test” as well, for training

Whoever is not named stays what they are. It works with your own credentials: first run

  gcloud auth application-default login
`;

const options = {
  project: { type: "string" },
  name: { type: "string" },
  admin: { type: "string", multiple: true, default: [] },
  member: { type: "string", multiple: true, default: [] },
  demote: { type: "string", multiple: true, default: [] },
  "make-accounts": { type: "boolean", default: false },
  trust: { type: "string" },
  training: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

/** Reads `Ann Archer <ann@firm.example>`, or the address alone. */
function person(text, role) {
  const [, name, email] =
    /^\s*(?:([^<>]*?)\s*<)?([^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;.]+)>?\s*$/u.exec(text) ?? [];
  if (!email)
    throw new Told(`“${text}” has no e-mail address. Write it like “Ann Archer <ann@firm.example>”.`);
  return { name: name ?? "", email: email.toLowerCase(), role };
}

await run(async () => {
  const values = read(options);
  if (values.help) return console.log(HELP);
  const { project, name, training } = values;
  if (!project || !name || values.admin.length === 0) {
    throw new Told("Say --project, --name and at least one --admin; --help tells more.");
  }
  const people = [
    ...values.admin.map((text) => person(text, "admin")),
    ...values.member.map((text) => person(text, "member")),
    ...values.demote.map((text) => ({ ...person(text, "member"), demoted: true })),
  ];
  const twice = people.find(({ email }, at) => people.findIndex((other) => other.email === email) !== at);
  if (twice) throw new Told(`${twice.email} is named twice. Name everybody once, as what they are to be.`);
  // Imported late, so that missing packages are reported, too.
  const [{ found }, { open }] = await Promise.all([import("./firm/found.js"), import("./firm/project.js")]);
  const team = await found({
    ...(await open(project, training)),
    name,
    people,
    makeAccounts: values["make-accounts"],
    trusted: values.trust,
  });
  console.log(`${name} is there, as the team ${team}:`);
  for (const { email, role } of people) console.log(`  ${email}, ${role}`);
  console.log("Who is signed in already signs out and in again to be let in.");
});
