/**
 * Call the API from a browser: the access token in memory, one renewal when it has expired, one retry, and one request to
 * the issuer however many calls and tabs ask for it at once.
 *
 * It needs nothing but the browser. Copy this folder out as it is.
 *
 * Source: CONTRACT §5; RFC 6750 §3.1; OAuth 2.0 for Browser-Based Applications §8.
 */

import { Tabs } from "./tabs";

export { Tabs } from "./tabs";

/** The session is over: there is nothing to renew with. Sign in again. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
  constructor(readonly code: string) {
    super(`The session is over: ${code}.`);
  }
}

/** Nobody answered, or nobody who can help now. The session is untouched: try again. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  constructor(
    readonly party: "issuer" | "api",
    readonly retryAfterSeconds?: number,
  ) {
    super(`The ${party} does not answer.`);
  }
}

export interface Token {
  value: string;
  /** By this tab's own clock, in milliseconds; the token's `exp` is the issuer's and the API's matter. */
  expiresAt: number;
}

export interface Options {
  /** Where the API is. */
  apiUrl: string;
  /** Where the issuer mints access tokens, by the session cookie. */
  tokenUrl?: string;
  /** What to tell the page of: each request, in order. */
  onRequest?: (request: { party: "issuer" | "api"; status: number; code: string }) => void;
  fetch?: typeof fetch;
  tabs?: Tabs;
  /** Milliseconds, from any fixed instant. */
  now?: () => number;
}

/** What each tab has one of. */
export class ApiClient {
  #token: Token | undefined;
  #renewing: Promise<Token> | undefined;
  readonly #apiUrl: string;
  readonly #tokenUrl: string;
  readonly #onRequest: NonNullable<Options["onRequest"]>;
  readonly #fetch: typeof fetch;
  readonly #tabs: Tabs;
  readonly #now: () => number;

  constructor(options: Options) {
    this.#apiUrl = options.apiUrl.replace(/\/$/, "");
    this.#tokenUrl = options.tokenUrl ?? "/api/auth/access-token";
    this.#onRequest = options.onRequest ?? (() => undefined);
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
    this.#now = options.now ?? (() => performance.now());
    this.#tabs = options.tabs ?? new Tabs();
    this.#tabs.onToken = ({ value, lifetimeMilliseconds }) => {
      this.#token = { value, expiresAt: this.#now() + lifetimeMilliseconds };
    };
    this.#tabs.onEnd = () => (this.#token = undefined);
  }

  /** How long the token in memory still lives, in milliseconds; undefined where there is none. */
  get remainingMilliseconds(): number | undefined {
    return this.#token && this.#token.expiresAt - this.#now();
  }

  /**
   * Call the API.
   *
   * @param init must be repeatable: a string as body, not a stream.
   * @throws SessionEnded: sign in again.
   * @throws Unreachable: try again; nothing is lost.
   */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    // A token known to be dead need not be shown first: the renewal is then the only round trip added.
    const isLive = (this.remainingMilliseconds ?? 0) > 0;
    const token = isLive && this.#token ? this.#token : await this.#renew(this.#token);
    const response = await this.#call(path, init, token);
    if (response.status !== 401) return response;
    const code = await codeOf(response);
    if (code === "token_expired") {
      const retried = await this.#call(path, init, await this.#renew(token));
      if (retried.status !== 401) return retried;
    }
    // Refused although fresh, or for another reason: no further token would do better.
    this.#token = undefined;
    throw new SessionEnded(code);
  }

  /** Drop the token, here and in every other tab: the session was ended or replaced. */
  end(): void {
    this.#token = undefined;
    this.#tabs.tellEnd();
  }

  async #call(path: string, init: RequestInit, token: Token): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token.value}`);
    // The cookie is the issuer's alone.
    const request = { ...init, headers, credentials: "omit", cache: "no-store" } as const;
    const response = await this.#send("api", `${this.#apiUrl}${path}`, request);
    if (response.status === 503) throw new Unreachable("api", retryAfterOf(response));
    return response;
  }

  /** Replace `stale`, once for all who ask at the same time. */
  #renew(stale: Token | undefined): Promise<Token> {
    if (this.#token && this.#token !== stale) return Promise.resolve(this.#token);
    return (this.#renewing ??= this.#tabs
      .alone(() => (this.#token && this.#token !== stale ? Promise.resolve(this.#token) : this.#mint()))
      .finally(() => (this.#renewing = undefined)));
  }

  async #mint(): Promise<Token> {
    const response = await this.#send("issuer", this.#tokenUrl, { method: "POST", credentials: "same-origin", cache: "no-store" });
    if (response.status === 401) {
      this.#token = undefined;
      throw new SessionEnded(await codeOf(response));
    }
    if (!response.ok) throw new Unreachable("issuer", retryAfterOf(response));
    const { access_token: value, expires_in: seconds } = (await response.json()) as { access_token: string; expires_in: number };
    const token = { value, expiresAt: this.#now() + seconds * 1000 };
    this.#token = token;
    this.#tabs.tellToken({ value, lifetimeMilliseconds: seconds * 1000 });
    return token;
  }

  async #send(party: "issuer" | "api", url: string, request: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(url, request);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Unreachable(party);
    }
    this.#onRequest({ party, status: response.status, code: response.ok ? "" : await codeOf(response) });
    return response;
  }
}

/** The refusal's code, which problem details carry; the body stays readable. */
export async function codeOf(response: Response): Promise<string> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const hasCode = typeof problem === "object" && problem !== null && "code" in problem;
  return hasCode ? String(problem.code) : `status_${String(response.status)}`;
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
