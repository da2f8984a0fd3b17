/** What a page asks this server's /api/auth, and what it may be told. */

import { codeOf } from "./renewal";

export type Outcome = { ok: true } | { ok: false; code: string; retryAfterSeconds: number | undefined };

type Path = "sign-up/email" | "sign-in/email" | "sign-out" | "revoke-sessions" | "change-password";

/** Ask the issuer; nobody answering is an outcome like another. */
export async function ask(path: Path, body?: Record<string, string>): Promise<Outcome> {
  const request: RequestInit = { method: "POST", credentials: "same-origin", cache: "no-store" };
  if (body) Object.assign(request, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  try {
    const response = await fetch(`/api/auth/${path}`, request);
    if (response.ok) return { ok: true };
    const retryAfter = Number(response.headers.get("Retry-After") ?? NaN);
    return { ok: false, code: await codeOf(response), retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined };
  } catch {
    return { ok: false, code: "unreachable", retryAfterSeconds: undefined };
  }
}

export interface Message {
  title: string;
  advice: string;
}

/** The words for each refusal; the password is never told apart from the address. */
export function messageFor(code: string, retryAfterSeconds?: number): Message {
  if (code === "too_many_attempts") {
    const minutes = Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60));
    const wait = minutes === 1 ? "a minute" : `${String(minutes)} minutes`;
    return { title: "Too many attempts.", advice: `Wait ${wait}, then try again. What you typed is still here.` };
  }
  return MESSAGES[code] ?? UNKNOWN;
}

const UNKNOWN: Message = { title: "That did not work.", advice: "Nothing was changed. Try again in a moment." };

const MESSAGES: Readonly<Record<string, Message>> = {
  credentials_invalid: {
    title: "The e-mail address and the password do not belong together.",
    advice: "Check both, and try again.",
  },
  request_invalid: {
    title: "Something is missing or has the wrong form.",
    advice: "An e-mail address, and a password of 8 to 128 characters, are needed.",
  },
  session_missing: { title: "You are signed out.", advice: "Sign in to go on." },
  session_expired: { title: "Your session has lapsed.", advice: "Sign in to go on." },
  session_revoked: { title: "Your session was ended.", advice: "Sign in to go on." },
  issuer_unavailable: {
    title: "Accounts cannot be reached just now.",
    advice: "Nothing is lost: what you typed is still here. Try again in a moment.",
  },
  unreachable: {
    title: "This site does not answer.",
    advice: "Nothing is lost: what you typed is still here. Check your connection, then try again.",
  },
};
