/** The issuer as the tests meet it: the real one, on a database in memory, asked as a browser asks. */

import { createAuth, prepareAuth, readSettings, type Auth, type SendVerificationEmail, type Settings } from "../src/lib/auth";

export const ENVIRONMENT = {
  ISSUER: "https://app.example",
  API_URL: "https://api.example",
  BETTER_AUTH_SECRET: "a secret of the tests, which nothing else uses",
  DATABASE_URL: ":memory:",
};
export const ADA = { name: "Ada", email: "ada@example.test", password: "correct horse battery" };

export async function issuer(changes: Partial<Settings> = {}, mailer?: SendVerificationEmail): Promise<Auth> {
  const auth = createAuth({ ...readSettings(ENVIRONMENT), ...changes }, mailer);
  await prepareAuth(auth);
  return auth;
}

/** A browser: it sends Origin with a POST, and the cookie it was given. */
export class Browser {
  cookie = "";

  constructor(readonly auth: Auth) {}

  async post(path: string, body?: object, headers: Record<string, string> = {}, text = body && JSON.stringify(body)): Promise<Response> {
    const sent = new Headers({ Origin: ENVIRONMENT.ISSUER, ...(this.cookie && { Cookie: this.cookie }), ...headers });
    if (body) sent.set("Content-Type", "application/json");
    return this.#ask(new Request(`${ENVIRONMENT.ISSUER}/api/auth/${path}`, { method: "POST", headers: sent, body: text ?? null }));
  }

  get(path: string): Promise<Response> {
    return this.#ask(new Request(`${ENVIRONMENT.ISSUER}/api/auth/${path}`, { headers: { Cookie: this.cookie } }));
  }

  async signUp(given = ADA): Promise<this> {
    await this.post("sign-up/email", given);
    return this;
  }

  async #ask(request: Request): Promise<Response> {
    const response = await this.auth.handler(request);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      if (pair.startsWith("__Host-session=")) this.cookie = cookie.includes("Max-Age=0") ? "" : pair;
    }
    return response;
  }
}

export async function codeOf(answer: Promise<Response> | Response): Promise<string> {
  const response = await answer;
  if (response.ok) return "granted";
  return ((await response.json()) as { code: string }).code;
}

/** A part of a token: 0 is its header, 1 its claims. */
export function part(token: string, index: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString()) as Record<string, unknown>;
}

export async function accessToken(browser: Browser): Promise<string> {
  const answer = (await (await browser.post("access-token")).json()) as { access_token: string };
  return answer.access_token;
}

export async function keyIds(auth: Auth): Promise<string[]> {
  const { keys } = (await (await new Browser(auth).get("jwks")).json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}
