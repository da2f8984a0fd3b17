/** The contract's refusals, as problem details. */

import { randomUUID } from "node:crypto";
import { COOKIE_NAME } from "./settings";

const ANSWERS = {
  credentials_invalid: [401, "The e-mail address and the password do not belong together."],
  session_missing: [401, "There is no session: sign in."],
  session_expired: [401, "The session has lapsed: sign in again."],
  session_revoked: [401, "The session was ended: sign in again."],
  origin_untrusted: [403, "The request does not come from a trusted origin."],
  too_many_attempts: [429, "Too many failed sign-ins: try again later."],
  request_invalid: [400, "The request is not one this route understands."],
  not_found: [404, "There is nothing at this path."],
  method_not_allowed: [405, "This path does not know the method."],
  issuer_unavailable: [503, "The issuer cannot answer now: try again."],
  api_unavailable: [502, "The API cannot answer now: try again."],
} as const;

export type Code = keyof typeof ANSWERS;

/** What Better Auth says, in the contract's words. A banned account is told apart from a wrong password to nobody. */
export const CODES: Readonly<Record<string, Code>> = {
  ...(Object.fromEntries(Object.keys(ANSWERS).map((code) => [code, code])) as Record<string, Code>),
  INVALID_EMAIL_OR_PASSWORD: "credentials_invalid",
  INVALID_PASSWORD: "credentials_invalid",
  BANNED_USER: "credentials_invalid",
  EMAIL_NOT_VERIFIED: "credentials_invalid",
  UNAUTHORIZED: "session_missing",
  SESSION_EXPIRED: "session_expired",
  INVALID_ORIGIN: "origin_untrusted",
  MISSING_OR_NULL_ORIGIN: "origin_untrusted",
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: "origin_untrusted",
};

/** Answer a refusal (RFC 9457); `status` where HTTP knows a nearer one than the code's own. */
export function answerRefusal(code: Code, docsUrl: string, status?: number, headers?: HeadersInit): Response {
  const [usual, title] = ANSWERS[code];
  const answered = status ?? usual;
  const problem = { type: `${docsUrl}/answers/${code}/`, title, status: answered, code, trace_id: randomUUID() };
  const response = new Response(JSON.stringify(problem), { status: answered, headers });
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  // RFC 9110 §15.5.2 wants a challenge with every 401; no registered scheme means "sign in, get a cookie".
  if (answered === 401) response.headers.set("WWW-Authenticate", `Cookie realm="frontend", cookie-name="${COOKIE_NAME}"`);
  if (code === "issuer_unavailable" && !response.headers.has("Retry-After")) response.headers.set("Retry-After", "5");
  return response;
}
