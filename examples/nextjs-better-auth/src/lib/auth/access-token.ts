/** The endpoint that mints access tokens: `POST /api/auth/access-token`, by the session cookie alone. */

import { randomUUID } from "node:crypto";
import type { BetterAuthPlugin, GenericEndpointContext } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { signJWT, type JwtOptions } from "better-auth/plugins";
import type { SigningKeys } from "./keys";
import type { Settings } from "./settings";

export interface AccessToken {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
}

export const accessToken = (settings: Settings, options: JwtOptions, keys: SigningKeys) =>
  ({
    id: "access-token",
    endpoints: {
      accessToken: createAuthEndpoint("/access-token", { method: "POST", requireHeaders: true }, async (context) => {
        const { session, user } = await renewSession(context, settings);
        const iat = Math.floor(Date.now() / 1000);
        const lifetime = settings.accessTokenLifetimeSeconds;
        const token = await signJWT(context, {
          options,
          // RFC 9068 §2.1: without its own type, any other token under the same key could pass for an access token.
          header: { typ: "at+jwt" },
          signingKeyId: await keys(context),
          payload: {
            iss: settings.issuer,
            sub: user.id,
            aud: settings.audience,
            client_id: settings.clientId,
            iat,
            exp: iat + lifetime,
            jti: randomUUID(),
            sid: session.id,
          },
        });
        const answer: AccessToken = { access_token: token, token_type: "Bearer", expires_in: lifetime };
        return context.json(answer);
      }),
    },
  }) satisfies BetterAuthPlugin;

/**
 * Find the session, in the database and never in a cookie's cache, and move its idle limit.
 *
 * Better Auth's own sliding has no end; here `createdAt` sets one that never moves (RFC 9700 §4.14.2, ASVS 7.3.2).
 */
async function renewSession(context: GenericEndpointContext, settings: Settings) {
  const { internalAdapter, authCookies, secret } = context.context;
  const credential = await context.getSignedCookie(authCookies.sessionToken.name, secret);
  if (!credential) throw refusal("session_missing");
  const found = await internalAdapter.findSession(credential);
  // The flag is read anew each time: whoever sets it in the database does not go through Better Auth.
  if (!found || found.user.banned === true) throw refusal("session_revoked");
  const now = Date.now();
  const end = found.session.createdAt.getTime() + settings.sessionAbsoluteLimitSeconds * 1000;
  if (Math.min(end, found.session.expiresAt.getTime()) <= now) throw refusal("session_expired");
  const expiresAt = new Date(Math.min(end, now + settings.sessionIdleLimitSeconds * 1000));
  // Null: the session was ended while this request ran.
  const session = await internalAdapter.updateSession(credential, { expiresAt });
  if (!session) throw refusal("session_revoked");
  const maxAge = Math.floor((expiresAt.getTime() - now) / 1000);
  await setSessionCookie(context, { session, user: found.user }, false, { maxAge });
  return { session, user: found.user };
}

function refusal(code: "session_missing" | "session_revoked" | "session_expired"): APIError {
  return new APIError("UNAUTHORIZED", { code, message: code });
}
