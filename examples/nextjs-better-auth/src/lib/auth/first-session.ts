/** What happens to sessions at sign-up and sign-in, where Better Auth does less than the contract. */

import type { GenericEndpointContext } from "better-auth";
import { APIError } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";

/** What a hook is given once the endpoint has answered. */
type Answered = GenericEndpointContext & { context: { returned?: unknown } };

/**
 * Open the session of a new account; an address that has one already is a sign-in, and as hard as one.
 *
 * Better Auth answers both cases alike and opens none (`autoSignIn: false`).
 */
export async function firstSession(context: Answered): Promise<void> {
  if (context.path !== "/sign-up/email" || context.context.returned instanceof Error) return;
  const { internalAdapter, password } = context.context;
  const given = context.body as { email: string; password: string };
  const found = await internalAdapter.findUserByEmail(given.email.toLowerCase(), { includeAccounts: true });
  const hash = found?.accounts.find(({ providerId }) => providerId === "credential")?.password;
  if (!found || !hash || !(await password.verify({ hash, password: given.password }))) {
    throw new APIError("UNAUTHORIZED", { code: "INVALID_EMAIL_OR_PASSWORD" });
  }
  const session = await internalAdapter.createSession(found.user.id);
  await setSessionCookie(context, { session, user: found.user });
}

/** End the session that the browser held before it signed in, whoever's it was (ASVS 7.2.4). */
export async function oneSessionPerBrowser(context: GenericEndpointContext): Promise<void> {
  const opened = context.context.newSession;
  if (!opened || !(context.path === "/sign-in/email" || context.path === "/sign-up/email")) return;
  const { internalAdapter, authCookies, secret } = context.context;
  const brought = await context.getSignedCookie(authCookies.sessionToken.name, secret);
  if (brought && brought !== opened.session.token) await internalAdapter.deleteSession(brought);
}
