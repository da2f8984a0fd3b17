// An ordinary API: Express and jose, plain JSON, no error codes.
//
//   npm ci && ISSUER=… JWKS_URL=… AUDIENCE=… PORT=8080 node express_jose.mjs
//   watchword check api --start "node express_jose.mjs" --path /me

import express from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { ISSUER, JWKS_URL, AUDIENCE, PORT = "8080" } = process.env;
const keys = createRemoteJWKSet(new URL(JWKS_URL));

async function authenticate(request, response, next) {
  // Three segments of base64url and nothing else: jose itself reads past white space and padding in a signature.
  const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.get("authorization") ?? "") ?? [];
  try {
    const { payload } = await jwtVerify(token ?? "", keys, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ["EdDSA"],
      typ: "at+jwt",
      requiredClaims: ["sub", "exp", "iat"],
    });
    // Without this, whatever a JSON document can hold would be a user's id.
    if (typeof payload.sub !== "string" || payload.sub === "") throw new Error("no subject");
    request.user = payload.sub;
    next();
  } catch (error) {
    response.set("WWW-Authenticate", "Bearer").status(401).json({ error: "Unauthorized" });
  }
}

const app = express();
app.disable("x-powered-by");
app.get("/health", (request, response) => response.json({ status: "ok" }));
app.get("/me", authenticate, (request, response) => response.json({ id: request.user }));
app.listen(Number(PORT), "127.0.0.1");
