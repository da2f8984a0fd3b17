// An API on Node's standard library alone: http, crypto and fetch.
//
//   ISSUER=… JWKS_URL=… AUDIENCE=… PORT=8080 node node_standard_library.mjs
//   watchword check api --start "node node_standard_library.mjs" --path /me
//   watchword check api --start "ALGORITHM=ES256 TYPE=none node node_standard_library.mjs" --algorithm ES256 --token-type none --path /me

import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";

const { ISSUER, JWKS_URL, AUDIENCE, PORT = "8080", ALGORITHM = "EdDSA", TYPE = "at+jwt" } = process.env;
// What the one algorithm needs of a key, and how it is verified.
const { kty, crv, digest, options } = {
  EdDSA: { kty: "OKP", crv: "Ed25519", digest: null },
  ES256: { kty: "EC", crv: "P-256", digest: "sha256", options: { dsaEncoding: "ieee-p1363" } },
  RS256: { kty: "RSA", digest: "sha256" },
}[ALGORITHM];
const CACHE_SECONDS = 300;
const COOLDOWN_SECONDS = 10;

class Refused extends Error {}

const now = () => Date.now() / 1000;
let keys = new Map();
let fetchedAt = -Infinity;

async function findKey(kid) {
  const age = now() - fetchedAt;
  if (age > CACHE_SECONDS || (!keys.has(kid) && age > COOLDOWN_SECONDS)) await fetchKeys();
  if (!keys.has(kid)) throw new Refused("unknown key");
  return keys.get(kid);
}

async function fetchKeys() {
  fetchedAt = now();
  const answer = await fetch(JWKS_URL, { redirect: "error", signal: AbortSignal.timeout(3000) });
  if (!answer.ok) throw new Error(`the key set was answered with ${answer.status}`);
  const published = (await answer.json()).keys.filter((jwk) => jwk?.kty === kty && jwk.crv === crv);
  keys = new Map();
  for (const jwk of published) {
    try {
      const key = createPublicKey({ key: jwk, format: "jwk" });
      if (ALGORITHM !== "RS256" || key.asymmetricKeyDetails.modulusLength >= 2048) keys.set(jwk.kid, key);
    } catch {
      // One entry that is no usable key must not spoil the others (RFC 7517, section 5).
    }
  }
}

function decode(segment) {
  const octets = Buffer.from(segment, "base64url");
  // Node skips what is no base64url; what was signed is the one spelling that it would write itself.
  if (octets.toString("base64url") !== segment) throw new Refused("not base64url");
  return octets;
}

function parse(segment) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decode(segment)));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Refused below, as anything else that is no JSON object.
  }
  throw new Refused("not a JSON object");
}

async function verifyToken(token) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Refused("not a signed token");
  const header = parse(parts[0]);
  if (header.alg !== ALGORITHM || "crit" in header) throw new Refused("header");
  const type = typeof header.typ === "string" ? header.typ : "none";
  if (type.toLowerCase().replace(/^application\//, "") !== TYPE.toLowerCase()) throw new Refused("type");
  const key = await findKey(header.kid);
  const signed = Buffer.from(`${parts[0]}.${parts[1]}`);
  if (!verify(digest, signed, { key, ...options }, decode(parts[2]))) throw new Refused("signature");
  return verifyClaims(parse(parts[1]));
}

function verifyClaims(claims) {
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== ISSUER) throw new Refused("issuer");
  if (!audiences.every((name) => typeof name === "string") || !audiences.includes(AUDIENCE)) throw new Refused("audience");
  if (!Number.isFinite(claims.exp) || claims.exp <= now()) throw new Refused("expired");
  if (!Number.isFinite(claims.iat)) throw new Refused("issued");
  if ("nbf" in claims && !(Number.isFinite(claims.nbf) && claims.nbf <= now())) throw new Refused("too early");
  if (typeof claims.sub !== "string" || claims.sub.trim() === "") throw new Refused("subject");
  return claims;
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
  response.end(JSON.stringify(body));
}

createServer(async (request, response) => {
  if (request.url.split("?")[0] !== "/me") return answer(response, 404, { message: "Not found" });
  const [, token] = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) {
    return answer(response, 401, { message: "A token is needed" }, { "WWW-Authenticate": 'Bearer realm="api"' });
  }
  try {
    answer(response, 200, { sub: (await verifyToken(token)).sub });
  } catch (error) {
    if (!(error instanceof Refused)) return answer(response, 503, { message: "Try again later" }, { "Retry-After": "5" });
    const challenge = 'Bearer realm="api", error="invalid_token"';
    answer(response, 401, { message: "The token is not valid" }, { "WWW-Authenticate": challenge });
  }
}).listen(Number(PORT), "127.0.0.1");
