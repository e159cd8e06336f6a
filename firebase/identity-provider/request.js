// What a program asks of an identity provider when it sends somebody there (RFC 6749, RFC 7636, OpenID Connect Core),
// and whether it asks for everything that protects that person.

/** What every request has to carry, each once. */
const NEEDED = [
  "response_type",
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
];

/** Why a request is refused, as a sentence; nothing if it is as it should be. */
export function fault(query) {
  for (const name of NEEDED) {
    const values = query.getAll(name);
    if (values.length !== 1 || !values[0]) return `The request has no ${name}, or more than one.`;
  }
  if (query.get("response_type") !== "code") return "The request asks for something else than a code.";
  if (!query.get("scope").split(" ").includes("openid")) return "The scope has no openid.";
  if (query.get("code_challenge_method") !== "S256") return "The code challenge is not made by S256.";
  if (!/^[\w-]{43}$/u.test(query.get("code_challenge"))) return "The code challenge is no SHA-256.";
  for (const name of ["state", "nonce"]) {
    if (query.get(name).length < 22) return `The ${name} has less than 128 bits.`;
  }
  return isLoopback(query.get("redirect_uri")) ? undefined : "The redirect leads away from this computer.";
}

/** An address and a port of this computer, as a desktop program has them (RFC 8252, 7.3). */
function isLoopback(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "http:" && url.hostname === "127.0.0.1" && url.port !== "" && !url.hash;
}
