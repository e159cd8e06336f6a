// The page on which somebody chooses who they are.

import people from "./people.json" with { type: "json" };

/** `choose(person)` is where a choice leads; without a person, where it leads to choose nobody. */
export function choosing(choose) {
  const rows = people.map(
    (person) =>
      `<li><a href="${escaped(choose(person.id))}"><strong>${escaped(person.name)}</strong><br>${escaped(person.email)}</a>`,
  );
  return page(
    "Sign in to try Strongroom",
    `<p>These people do not exist. Choose one to be.</p><ul>${rows.join("")}</ul>` +
      `<p><a href="${escaped(choose())}">Cancel</a>`,
  );
}

/** Says what a program did wrong. */
export const refusing = (why) => page("Nobody can sign in like this", `<p>${escaped(why)}`);

function page(title, body) {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>` +
    "body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:24rem;padding:0 1rem;color-scheme:light dark}" +
    "ul{list-style:none;padding:0}li a{display:block;padding:.75rem 1rem;margin:.5rem 0;border:1px solid;" +
    `border-radius:.5rem;text-decoration:none}</style><h1>${title}</h1>${body}</html>`
  );
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text) => text.replace(/[&<>"']/gu, (letter) => ENTITIES[letter]);
