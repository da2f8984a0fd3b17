/** The backend-for-frontend: what it passes on, to whom, and what never. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { readSettings, type Auth, type Settings } from "../src/lib/auth";
import { callApi } from "../src/lib/bff";
import { Browser, codeOf, ENVIRONMENT, issuer } from "./frontend";
import { party, type Party } from "./parties";

let api: Party;
let auth: Auth;
let settings: Settings;
let cookie: string;

beforeEach(async () => {
  api = await party(() => ({ status: 200, body: { sub: "ada" } }));
  settings = { ...readSettings(ENVIRONMENT), apiUrl: api.url };
  auth = await issuer(settings);
  cookie = (await new Browser(auth).signUp()).cookie;
});
afterEach(() => api.close());

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers({ Origin: settings.issuer, Cookie: cookie, ...(init.headers as Record<string, string>) });
  return callApi(new Request(`${settings.issuer}/bff${path}`, { ...init, headers }), path, auth, settings);
}

describe("a call", () => {
  test("reaches the API with a token minted for it, and with nothing else of the browser's", async () => {
    const answer = await call("/me", { headers: { Authorization: "Bearer mallory", "X-Forwarded-Host": "evil.example" } });
    assert.deepEqual([answer.status, await answer.json()], [200, { sub: "ada" }]);
    const [request] = api.received;
    assert.deepEqual([request?.method, request?.url], ["GET", "/me"]);
    assert.match(request?.headers.authorization ?? "", /^Bearer eyJ/);
    assert.deepEqual([request?.headers.cookie, request?.headers["x-forwarded-host"]], [undefined, undefined]);
  });

  for (const path of ["/", "/accounts/ada", "/me/", "/me/../accounts/ada", "//evil.example/me", "/@evil.example/me"]) {
    test(`of "${path}" is none that is passed on`, async () => {
      assert.equal(await codeOf(call(path)), "not_found");
      assert.deepEqual(api.asked, []);
    });
  }

  test("by another method is none that is passed on", async () => {
    assert.equal(await codeOf(call("/me", { method: "POST", body: "{}" })), "not_found");
    assert.deepEqual(api.asked, []);
  });

  test("without a session is not passed on", async () => {
    assert.equal(await codeOf(call("/me", { headers: { Cookie: "" } })), "session_missing");
    assert.deepEqual(api.asked, []);
  });

  test("is not led elsewhere by the API's answer", async () => {
    const elsewhere = await party(() => ({ status: 200 }));
    api.answer = () => ({ status: 302, headers: { Location: `${elsewhere.url}/me` } });
    assert.equal(await codeOf(call("/me")), "api_unavailable");
    assert.deepEqual(elsewhere.asked, []);
    await elsewhere.close();
  });

  test("that the API refuses although its token is fresh ends no session", async () => {
    api.answer = () => ({ status: 401, body: { code: "token_invalid" } });
    const answer = await call("/me");
    assert.deepEqual([answer.headers.get("set-cookie"), await codeOf(answer)], [null, "api_unavailable"]);
  });
});
