/**
 * Tells a database that does not answer from a session that is not there.
 *
 * Better Auth catches the first and goes on as with the second: who changes a password is told to be signed out, and loses
 * the cookie; who signs out is told that it is done, while the session lives on for whoever holds a copy.
 */

import type { GenericEndpointContext } from "better-auth";

const PATHS = ["/sign-out", "/revoke-sessions", "/change-password", "/delete-user"];

/** Look for the session once before Better Auth does, so that the request fails where nobody can look. */
export async function requireDatabase({ path, context, getSignedCookie }: GenericEndpointContext): Promise<void> {
  if (!PATHS.includes(path)) return;
  const credential = await getSignedCookie(context.authCookies.sessionToken.name, context.secret);
  if (credential) await context.internalAdapter.findSession(credential);
}
