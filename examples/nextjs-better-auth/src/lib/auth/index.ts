/** Better Auth, configured to meet the contract. Each line that departs from a default says what the default risks. */

import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { getMigrations } from "better-auth/db/migration";
import { admin, jwt, type JwtOptions } from "better-auth/plugins";
import { accessToken } from "./access-token";
import { attempts } from "./attempts";
import { adapted, openDatabase } from "./database";
import { firstSession, oneSessionPerBrowser } from "./first-session";
import { gate } from "./gate";
import { overlapSeconds, signingKeys } from "./keys";
import { requireDatabase } from "./outages";
import { COOKIE_NAME, type Settings } from "./settings";

export { withOwnCookie } from "./own-cookie";
export { COOKIE_NAME, readSettings, SettingsError, type Settings } from "./settings";

/** Sends the link by which a person shows that an address is theirs. */
export type SendVerificationEmail = (mail: { address: string; url: string }) => Promise<void>;

export type Auth = ReturnType<typeof createAuth>;

/**
 * Create the issuer.
 *
 * @param sendVerificationEmail your mailer. With it, nobody signs in before the address is verified, and signing up tells
 *   nobody which addresses are known. Without it, as on a developer's machine, signing up opens a session at once.
 */
export function createAuth(settings: Settings, sendVerificationEmail?: SendVerificationEmail) {
  const database = openDatabase(settings.database);
  const jwtOptions = tokenOptions(settings);
  const keys = signingKeys(settings, jwtOptions);
  const auth = betterAuth({
    database: adapted(database),
    secret: settings.secret,
    // Unset, the Host header of each request would choose the issuer.
    baseURL: settings.issuer,
    trustedOrigins: [settings.issuer],
    telemetry: { enabled: false },
    logger: { level: "error" },
    // A refusal is an answer, and no line in the log.
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error) || error.statusCode >= 500) console.error(error);
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      // Otherwise an address that has an account is answered differently.
      autoSignIn: false,
      requireEmailVerification: sendVerificationEmail !== undefined,
    },
    emailVerification: {
      sendOnSignUp: sendVerificationEmail !== undefined,
      sendVerificationEmail: async ({ user, url }) => sendVerificationEmail?.({ address: user.email, url }),
    },
    user: { deleteUser: { enabled: true } },
    session: {
      expiresIn: settings.sessionIdleLimitSeconds,
      // Slides only where access tokens are asked for, and never past the absolute limit: see access-token.ts.
      disableSessionRefresh: true,
      // A cached session outlives its own end: the database is asked each time.
      cookieCache: { enabled: false },
    },
    // Per client address where a proxy states it; the count per account holds everywhere.
    rateLimit: { enabled: settings.clientAddressHeader !== undefined, storage: "database" },
    advanced: {
      // X-Forwarded-For is the client's own to write.
      ipAddress: settings.clientAddressHeader
        ? { ipAddressHeaders: [settings.clientAddressHeader] }
        : { disableIpTracking: true },
      // Better Auth would prefix the name with __Secure-; the attributes make it a __Host- cookie.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: COOKIE_NAME,
          attributes: { secure: true, httpOnly: true, sameSite: "lax", path: "/" },
        },
      },
      defaultCookieAttributes: { secure: true, httpOnly: true, sameSite: "lax", path: "/" },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        await requireDatabase(context);
        return endingOtherSessions(context);
      }),
      after: createAuthMiddleware(async (context) => {
        if (!sendVerificationEmail) await firstSession(context);
        await oneSessionPerBrowser(context);
      }),
    },
    plugins: [
      // Brings `banned` to the account and refuses its sign-ins; its routes stay behind the gate.
      admin(),
      jwt(jwtOptions),
      attempts(settings),
      accessToken(settings, jwtOptions, keys),
    ],
  });
  return { ...auth, handler: gate(auth.handler, settings), database };
}

/** Create the tables and the first key, before the first request needs them. */
export async function prepareAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  // Minted on demand, two first requests at once would make two.
  await auth.api.getJwks();
}

/** What `/token` and `set-auth-jwt` would mint, were they reachable: no more than an access token carries. */
function tokenOptions(settings: Settings): JwtOptions {
  return {
    disableSettingJwtHeader: true,
    jwks: {
      keyPairConfig: { alg: "EdDSA", crv: "Ed25519" },
      // Off by default: one key for ever.
      rotationInterval: settings.keyRotationSeconds,
      gracePeriod: overlapSeconds(settings),
    },
    jwt: {
      issuer: settings.issuer,
      // Better Auth's default is the issuer's own origin, so that a token for one service would be good at all.
      audience: settings.audience,
      // A string: a number would be an instant, not a span.
      expirationTime: `${String(settings.accessTokenLifetimeSeconds)}s`,
      // By default the whole account record, e-mail address and picture included.
      definePayload: ({ user, session }) => {
        if (user.banned === true) throw new APIError("FORBIDDEN", { code: "BANNED_USER" });
        return { jti: crypto.randomUUID(), sid: session.id, client_id: settings.clientId };
      },
    },
  };
}

/** A new password ends the sessions that the old one opened; by default they live on. */
function endingOtherSessions({ path, body }: { path?: string; body?: unknown }) {
  if (path !== "/change-password") return undefined;
  return { context: { body: { ...(body as object | undefined), revokeOtherSessions: true } } };
}
