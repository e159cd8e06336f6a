// An identity provider for this computer: it speaks OpenID Connect as Google does, checks what Google checks, and takes
// anybody's word for who they are.

import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";

import { generateKeyPair, SignJWT } from "jose";

import { choosing, refusing } from "./page.js";
import people from "./people.json" with { type: "json" };
import { fault } from "./request.js";

/** More than any request has. */
const MOST_BYTES = 16 * 1024;

/** Seconds that a code is worth something: it comes back at once. */
const CODE_LIFETIME = 60;

/** Starts it on a port of this computer (0: any), and gives back the server and its address. */
export async function start(port) {
  const server = createServer();
  await new Promise((listening, failed) => {
    server.once("error", failed).listen(port, "127.0.0.1", listening);
  });
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, (await generateKeyPair("ES256")).privateKey);
  server.on("request", (request, response) => {
    provider.answer(request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  return { server, issuer };
}

class Provider {
  /** What was asked for with each code that has not been exchanged. */
  #codes = new Map();

  constructor(issuer, key) {
    this.issuer = issuer;
    this.key = key;
  }

  async answer(request, response) {
    const url = new URL(request.url, this.issuer);
    if (request.method === "GET" && url.pathname === "/.well-known/openid-configuration")
      return this.#describe(response);
    if (request.method === "GET" && url.pathname === "/authorize")
      return this.#ask(url.searchParams, response);
    if (request.method === "GET" && url.pathname === "/choose")
      return this.#choose(url.searchParams, response);
    if (request.method === "POST" && url.pathname === "/token") {
      return this.#exchange(await form(request), response);
    }
    response.writeHead(404).end();
  }

  /** Says where it is asked for what (OpenID Connect Discovery). */
  #describe(response) {
    const said = {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
  }

  #ask(query, response) {
    const why = fault(query);
    if (why) return html(response, 400, refusing(why));
    html(
      response,
      200,
      choosing((person) => {
        const chosen = new URLSearchParams(query);
        if (person) chosen.set("person", person);
        else chosen.delete("person");
        return `/choose?${chosen}`;
      }),
    );
  }

  #choose(query, response) {
    const why = fault(query);
    if (why) return html(response, 400, refusing(why));
    const back = new URL(query.get("redirect_uri"));
    const person = people.find(({ id }) => id === query.get("person"));
    if (person) {
      const code = randomBytes(24).toString("base64url");
      const asked = Object.fromEntries(query);
      this.#codes.set(code, { person, asked, until: Date.now() + CODE_LIFETIME * 1000 });
      back.searchParams.set("code", code);
    } else {
      back.searchParams.set("error", "access_denied");
    }
    back.searchParams.set("state", query.get("state"));
    response.writeHead(302, { location: back.href, "cache-control": "no-store" }).end();
  }

  async #exchange(body, response) {
    const { person, asked, until } = this.#codes.get(body.get("code")) ?? {};
    // Whoever has a code has one try.
    this.#codes.delete(body.get("code"));
    if (body.get("grant_type") !== "authorization_code") return refuse(response, "unsupported_grant_type");
    const fits =
      person &&
      Date.now() < until &&
      body.get("client_id") === asked.client_id &&
      body.get("redirect_uri") === asked.redirect_uri &&
      challengeOf(body.get("code_verifier") ?? "") === asked.code_challenge;
    if (!fits) return refuse(response, "invalid_grant");
    const idToken = await this.#idToken(person, asked);
    const token = {
      access_token: randomBytes(24).toString("base64url"),
      token_type: "Bearer",
      expires_in: 3600,
    };
    json(response, 200, { ...token, scope: asked.scope, id_token: idToken });
  }

  #idToken({ id, name, email }, { client_id: client, nonce }) {
    return new SignJWT({ email, email_verified: true, name, nonce })
      .setProtectedHeader({ alg: "ES256" })
      .setIssuer(this.issuer)
      .setAudience(client)
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(this.key);
  }
}

const challengeOf = (verifier) => createHash("sha256").update(verifier).digest("base64url");

async function form(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > MOST_BYTES) throw new Error("the request is too long");
  }
  return new URLSearchParams(text);
}

function html(response, status, body) {
  response
    .writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .end(body);
}

function json(response, status, body) {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** In a word of RFC 6749, 5.2. */
const refuse = (response, error) => json(response, 400, { error });
