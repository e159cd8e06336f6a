// What the identity provider refuses: a provider that takes everything would prove nothing about who asks.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, test } from "node:test";

import { decodeJwt } from "jose";

import { start } from "./provider.js";

const { server, issuer } = await start(0);
after(() => {
  server.close();
  server.closeAllConnections();
});

const verifier = randomBytes(32).toString("base64url");
const redirect = "http://127.0.0.1:4711/signed-in";

function asked(changes = {}) {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "strongroom",
    redirect_uri: redirect,
    scope: "openid email profile",
    state: randomBytes(24).toString("base64url"),
    nonce: randomBytes(24).toString("base64url"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return query;
}

const get = (path, query) => fetch(`${issuer}${path}?${query}`, { redirect: "manual" });

/** Where the browser is sent back to once somebody has chosen. */
async function chosen(person, query = asked()) {
  query.set("person", person);
  const answer = await get("/choose", query);
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get("location"));
}

async function exchange(code, changes = {}) {
  const whole = { grant_type: "authorization_code", client_id: "strongroom", redirect_uri: redirect };
  const body = new URLSearchParams({ ...whole, code, code_verifier: verifier, ...changes });
  const answer = await fetch(`${issuer}/token`, { method: "POST", body });
  return { status: answer.status, ...(await answer.json()) };
}

test("the page names two people, each behind a link", async () => {
  const query = asked();
  const page = await (await get("/authorize", query)).text();
  for (const name of ["Ann Archer", "Ben Baker"]) assert.ok(page.includes(name));
  const links = [...page.matchAll(/href="([^"]+)"/gu)].map(([, link]) => link.replaceAll("&amp;", "&"));
  assert.equal(links.length, 3);
  for (const link of links) assert.ok(link.includes(`state=${query.get("state")}`));
});

test("a request without what protects is refused", async () => {
  for (const changes of [
    { nonce: undefined },
    { state: undefined },
    { state: "short" },
    { code_challenge: undefined },
    { code_challenge: verifier.slice(1) },
    { code_challenge_method: "plain" },
    { response_type: "token" },
    { scope: "email" },
    { redirect_uri: "http://127.0.0.1/signed-in" },
    { redirect_uri: "https://evil.example/signed-in" },
    { redirect_uri: "http://localhost:4711/signed-in" },
  ]) {
    for (const path of ["/authorize", "/choose"]) {
      const answer = await get(path, asked({ person: "ann", ...changes }));
      assert.equal(answer.status, 400, `${path} ${JSON.stringify(changes)}`);
    }
  }
  const twice = asked();
  twice.append("state", twice.get("state"));
  assert.equal((await get("/authorize", twice)).status, 400);
});

test("a code becomes an ID token of who was chosen", async () => {
  const query = asked();
  const back = await chosen("ben", query);
  assert.equal(back.searchParams.get("state"), query.get("state"));
  const { status, id_token: token } = await exchange(back.searchParams.get("code"));
  assert.equal(status, 200);
  const { iss, aud, sub, email, email_verified: verified, name, nonce } = decodeJwt(token);
  assert.deepEqual([iss, aud, sub, name], [issuer, "strongroom", "ben", "Ben Baker"]);
  assert.deepEqual([email, verified, nonce], ["ben.baker@firm.example", true, query.get("nonce")]);
});

test("whoever chooses nobody is denied", async () => {
  for (const person of ["", "eve"]) {
    const back = await chosen(person);
    assert.deepEqual(
      [back.searchParams.get("error"), back.searchParams.get("code")],
      ["access_denied", null],
    );
  }
});

test("a code is good once, for whom it was given", async () => {
  for (const changes of [
    { code_verifier: randomBytes(32).toString("base64url") },
    { code_verifier: "" },
    { redirect_uri: "http://127.0.0.1:4712/signed-in" },
    { client_id: "other" },
  ]) {
    const code = (await chosen("ann")).searchParams.get("code");
    assert.equal((await exchange(code, changes)).error, "invalid_grant", JSON.stringify(changes));
    assert.equal((await exchange(code)).error, "invalid_grant", "a second try");
  }
  const code = (await chosen("ann")).searchParams.get("code");
  assert.equal((await exchange(code)).status, 200);
  assert.equal((await exchange(code)).error, "invalid_grant");
  assert.equal((await exchange("made-up")).error, "invalid_grant");
});
