/** The issuer, once per process, and what pages ask it. Only code that runs on the server imports this. */

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { createAuth, readSettings, withOwnCookie, type Auth, type Settings } from "./auth";

// A development server loads this module anew at each change; the database stays open.
const kept = globalThis as { watchwordServer?: { auth: Auth; settings: Settings } };

/** @throws SettingsError: see preparation.ts, which looks at the settings before the first request. */
export function server(): { auth: Auth; settings: Settings } {
  if (!kept.watchwordServer) {
    const settings = readSettings();
    kept.watchwordServer = { auth: createAuth(settings), settings };
  }
  return kept.watchwordServer;
}

export interface Account {
  id: string;
  name: string;
  email: string;
  signedInAt: Date;
}

/** The account whose session this request carries; undefined where there is none. */
export async function findAccount(): Promise<Account | undefined> {
  const found = await server().auth.api.getSession({ headers: withOwnCookie(await headers()) });
  if (!found || found.user.banned === true) return undefined;
  const { id, name, email } = found.user;
  return { id, name, email, signedInAt: found.session.createdAt };
}

/** The same, where a page is for nobody else. */
export async function requireAccount(): Promise<Account> {
  return (await findAccount()) ?? redirect("/sign-in?ended");
}
