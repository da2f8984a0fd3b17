/**
 * What stands between the network and Better Auth: lets in what the application needs, and gives every answer the
 * contract's form. Better Auth's own words and headers stay behind it.
 *
 * Source: CONTRACT §5; RFC 9457; RFC 6749 §5.1; RFC 6750 §3; ASVS 3.5.1, 3.5.3.
 */

import { withOwnCookie } from "./own-cookie";
import { answerRefusal, CODES, type Code } from "./refusals";
import { COOKIE_NAME, type Settings } from "./settings";

type Handler = (request: Request) => Promise<Response>;

interface Route {
  method: "GET" | "POST";
  /** The members of the body, or of a GET's query, that are passed on. */
  reads: readonly string[];
}

/** Every path that is served. What is not listed does not exist, neither a path nor a member: closed by default. */
const ROUTES: Readonly<Record<string, Route>> = {
  "/sign-up/email": { method: "POST", reads: ["name", "email", "password"] },
  "/sign-in/email": { method: "POST", reads: ["email", "password"] },
  "/sign-out": { method: "POST", reads: [] },
  "/access-token": { method: "POST", reads: [] },
  "/revoke-sessions": { method: "POST", reads: [] },
  "/change-password": { method: "POST", reads: ["currentPassword", "newPassword"] },
  "/delete-user": { method: "POST", reads: ["password"] },
  // Better Auth leads the link's reader on, and to this origin alone.
  "/verify-email": { method: "GET", reads: ["token", "callbackURL"] },
  "/jwks": { method: "GET", reads: [] },
};
const BASE_PATH = "/api/auth";
const LARGEST_BODY_BYTES = 16 * 1024;

/** Wrap Better Auth's handler. */
export function gate(handler: Handler, settings: Settings): Handler {
  const cleared = `${COOKIE_NAME}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`;
  const refuse = (code: Code, status?: number, headers?: HeadersInit): Response => {
    const response = answerRefusal(code, settings.docsUrl, status, headers);
    if (code.startsWith("session_")) response.headers.append("Set-Cookie", cleared);
    return response;
  };
  return async (request) => {
    const url = new URL(request.url);
    const path = url.pathname.slice(BASE_PATH.length);
    const route = ROUTES[path];
    if (!route) return refuse("not_found");
    const refused = refusalOf(request, route, settings);
    if (refused) return refuse(...refused);
    const body = await request.arrayBuffer();
    if (body.byteLength > LARGEST_BODY_BYTES) return refuse("request_invalid", 413);
    const passedOn = narrowed(request, url, body, route);
    if (!passedOn) return refuse("request_invalid", 422);
    const response = await handler(passedOn);
    return response.status < 400 ? complete(response, path, settings) : translate(response, refuse);
  };
}

/**
 * What Better Auth is given to read: it takes members that the contract does not know, such as an address to go to next.
 *
 * @returns undefined where the body is no JSON object.
 */
function narrowed(request: Request, url: URL, body: ArrayBuffer, { reads }: Route): Request | undefined {
  const { method } = request;
  const headers = withOwnCookie(request.headers);
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => method === "GET" && reads.includes(name)));
  const address = `${url.origin}${url.pathname}${query.size > 0 ? `?${String(query)}` : ""}`;
  if (body.byteLength === 0) return new Request(address, { method, headers });
  const given = parsed(body);
  if (!isRecord(given)) return undefined;
  const members = Object.fromEntries(reads.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]));
  headers.delete("content-length");
  return new Request(address, { method, headers, body: JSON.stringify(members) });
}

function parsed(body: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

type Refused = [code: Code, status?: number, headers?: HeadersInit];

function refusalOf(request: Request, { method }: Route, settings: Settings): Refused | undefined {
  if (request.method !== method) return ["method_not_allowed", undefined, { Allow: method }];
  if (method === "GET") return undefined;
  // Every browser sends Origin with a POST; Better Auth asks for it only where there is a cookie.
  const { headers } = request;
  if (headers.get("origin") !== settings.issuer || headers.get("sec-fetch-site") === "cross-site") return ["origin_untrusted"];
  const mediaType = headers.get("content-type");
  if (mediaType === null ? hasBody(headers) : mediaType.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    return ["request_invalid", 415];
  }
  if (Number(headers.get("content-length") ?? 0) > LARGEST_BODY_BYTES) return ["request_invalid", 413];
  return undefined;
}

function hasBody(headers: Headers): boolean {
  return (headers.get("content-length") ?? "0") !== "0" || headers.has("transfer-encoding");
}

async function complete(response: Response, path: string, settings: Settings): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cache-Control", "no-store");
  if (path === "/jwks") {
    headers.set("Cache-Control", `public, max-age=${String(settings.keySetLifetimeSeconds)}`);
    headers.set("Content-Type", "application/jwk-set+json");
  }
  if (path === "/sign-out" || path === "/revoke-sessions") headers.set("Clear-Site-Data", '"cache", "storage"');
  const { status } = response;
  const isJson = headers.get("content-type")?.includes("json") === true && status === 200;
  return new Response(isJson ? JSON.stringify(shown(await response.json())) : response.body, { status, headers });
}

/**
 * Better Auth repeats the session token in the bodies it answers: what the cookie hides from script, the body shows.
 * The account's other fields (role, ban) are nobody's business in a browser either.
 */
function shown(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { token: _, user, ...rest } = body;
  return isRecord(user) ? { ...rest, user: { id: user.id, email: user.email, name: user.name } } : rest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

async function translate(response: Response, refuse: (...refused: Refused) => Response): Promise<Response> {
  const body: unknown = await response.json().catch(() => undefined);
  const theirs = isRecord(body) ? String(body.code) : "";
  const retryAfter = response.headers.get("retry-after") ?? response.headers.get("x-retry-after");
  const code = CODES[theirs] ?? byStatus(response.status);
  const status = code === "request_invalid" ? (response.status === 415 ? 415 : 422) : undefined;
  return refuse(code, status, retryAfter ? { "Retry-After": retryAfter } : undefined);
}

function byStatus(status: number): Code {
  if (status === 401) return "session_missing";
  if (status === 403) return "origin_untrusted";
  if (status === 404) return "not_found";
  if (status === 429) return "too_many_attempts";
  return status >= 500 ? "issuer_unavailable" : "request_invalid";
}
