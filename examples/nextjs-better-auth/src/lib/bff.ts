/**
 * Pass a browser's call on to the API, with an access token minted for it.
 *
 * Each call gets a fresh token: nothing is cached by session, so nothing outlives one. The token never leaves this server.
 *
 * Source: OAuth 2.0 for Browser-Based Applications §6.1.
 */

import { isAPIError } from "better-auth/api";
import { withOwnCookie, type Auth, type Settings } from "./auth";
import { answerRefusal, CODES } from "./auth/refusals";

/** What may be passed on: a browser does not choose which of the API's routes this server calls. */
const ROUTES: Readonly<Record<string, "GET" | "POST">> = { "/me": "GET", "/echo": "POST" };
const PATIENCE_MILLISECONDS = 5000;
const PASSED_ON = ["content-type", "retry-after"];

export async function callApi(request: Request, path: string, auth: Auth, settings: Settings): Promise<Response> {
  const { docsUrl } = settings;
  if (ROUTES[path] !== request.method) return answerRefusal("not_found", docsUrl);
  if (isForeign(request, settings)) return answerRefusal("origin_untrusted", docsUrl);
  const minted = await mint(request, auth, docsUrl);
  if (minted instanceof Response) return minted;
  const answer = await send(request, `${settings.apiUrl}${path}`, minted.token);
  if (!answer) return answerRefusal("api_unavailable", docsUrl);
  // Refused although minted this moment: the two sides are configured apart, which no sign-in would mend.
  if (answer.status === 401) return answerRefusal("api_unavailable", docsUrl);
  const headers = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  for (const name of PASSED_ON) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name) ?? "");
  // The session's idle limit has moved.
  for (const cookie of minted.cookies) headers.append("Set-Cookie", cookie);
  return new Response(answer.body, { status: answer.status, headers });
}

/** A cookie comes with requests of other sites' pages too; in-process calls do not pass the gate. */
function isForeign({ method, headers }: Request, settings: Settings): boolean {
  if (!["same-origin", "none", null].includes(headers.get("sec-fetch-site"))) return true;
  return method !== "GET" && headers.get("origin") !== settings.issuer;
}

async function mint(request: Request, auth: Auth, docsUrl: string) {
  try {
    const { headers, response } = await auth.api.accessToken({ headers: withOwnCookie(request.headers), returnHeaders: true });
    return { token: response.access_token, cookies: headers.getSetCookie() };
  } catch (error) {
    const code = isAPIError(error) ? CODES[String(error.body?.code)] : undefined;
    return answerRefusal(code ?? "issuer_unavailable", docsUrl);
  }
}

async function send(request: Request, url: string, token: string): Promise<Response | undefined> {
  const headers = new Headers({ Authorization: `Bearer ${token}`, Accept: "application/json" });
  const body = request.method === "GET" ? null : await request.text();
  if (body !== null) headers.set("Content-Type", request.headers.get("content-type") ?? "application/json");
  try {
    return await fetch(url, {
      method: request.method,
      headers,
      body,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
  } catch {
    return undefined;
  }
}
