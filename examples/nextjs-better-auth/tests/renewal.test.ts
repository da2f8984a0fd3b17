/** The renewal: one request to the issuer, one retry, and every other answer told apart. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { ApiClient, SessionEnded, Tabs, Unreachable } from "../src/lib/renewal";
import { locks, party, type Party } from "./parties";

const LIFETIME_SECONDS = 300;
const EXPIRED = { status: 401, body: { code: "token_expired" } };
const GOOD = { status: 200, body: { sub: "ada" } };

let issuer: Party;
let api: Party;
let now: number;
let minted: number;
const open: Tabs[] = [];

const mint = () => ({ status: 200, body: { access_token: `token-${(minted += 1)}`, token_type: "Bearer", expires_in: LIFETIME_SECONDS } });

/** A tab of one browser: the channel is the process's own, the locks those given. */
function tab(shared = locks()): ApiClient {
  const tabs = new Tabs(new BroadcastChannel("access-token"), shared);
  open.push(tabs);
  return new ApiClient({ apiUrl: api.url, tokenUrl: issuer.url, tabs, now: () => now });
}

beforeEach(async () => {
  [now, minted] = [0, 0];
  issuer = await party(mint);
  api = await party(() => GOOD);
});

afterEach(async () => {
  for (const tabs of open.splice(0)) tabs.close();
  await Promise.all([issuer.close(), api.close()]);
});

describe("a call", () => {
  test("gets a token first, and keeps it for the next call", async () => {
    const client = tab();
    assert.equal((await client.request("/me")).status, 200);
    await client.request("/me");
    assert.equal(issuer.asked.length, 1);
    assert.deepEqual(api.asked, ["Bearer token-1", "Bearer token-1"]);
  });

  test("renews a token whose life is over before it is shown", async () => {
    const client = tab();
    await client.request("/me");
    now = LIFETIME_SECONDS * 1000;
    await client.request("/me");
    assert.deepEqual(api.asked, ["Bearer token-1", "Bearer token-2"]);
  });

  test("does not renew a moment earlier", async () => {
    const client = tab();
    await client.request("/me");
    now = LIFETIME_SECONDS * 1000 - 1;
    await client.request("/me");
    assert.equal(issuer.asked.length, 1);
  });

  test("renews once and retries once when the API says token_expired", async () => {
    const client = tab();
    api.answer = (credential) => (credential === "Bearer token-1" ? EXPIRED : GOOD);
    assert.equal((await client.request("/me")).status, 200);
    assert.deepEqual(api.asked, ["Bearer token-1", "Bearer token-2"]);
  });

  test("ends when the fresh token is refused as well", async () => {
    const client = tab();
    api.answer = () => EXPIRED;
    await assert.rejects(client.request("/me"), new SessionEnded("token_expired"));
    assert.deepEqual([issuer.asked.length, api.asked.length], [2, 2]);
  });

  test("drops a token that is refused for any other reason, and asks for no other", async () => {
    const client = tab();
    api.answer = () => ({ status: 401, body: { code: "token_invalid" } });
    await assert.rejects(client.request("/me"), new SessionEnded("token_invalid"));
    assert.equal(issuer.asked.length, 1);
    assert.equal(client.remainingMilliseconds, undefined);
  });

  test("hands on a 403 as it is", async () => {
    api.answer = () => ({ status: 403, body: { code: "permission_denied" } });
    assert.equal((await tab().request("/me")).status, 403);
    assert.equal(api.asked.length, 1);
  });

  test("keeps the token while the API has no keys, and says when to try again", async () => {
    const client = tab();
    api.answer = () => ({ status: 503, body: { code: "keys_unavailable" }, headers: { "Retry-After": "5" } });
    await assert.rejects(client.request("/me"), (error: Unreachable) => error.party === "api" && error.retryAfterSeconds === 5);
    assert.notEqual(client.remainingMilliseconds, undefined);
  });

  test("repeats its method and body with the retry", async () => {
    const client = tab();
    const bodies: unknown[] = [];
    const spying = new ApiClient({
      apiUrl: api.url,
      tokenUrl: issuer.url,
      tabs: new Tabs(null, locks()),
      fetch: (url, init) => {
        if (typeof url === "string" && url.startsWith(api.url)) bodies.push([init?.method, init?.body]);
        return fetch(url, init);
      },
    });
    api.answer = (credential) => (credential === "Bearer token-1" ? EXPIRED : GOOD);
    await spying.request("/echo", { method: "POST", body: "{}" });
    assert.deepEqual(bodies, [["POST", "{}"], ["POST", "{}"]]);
    client.end();
  });
});

describe("the issuer", () => {
  for (const code of ["session_missing", "session_expired", "session_revoked"]) {
    test(`ends the session with ${code}`, async () => {
      issuer.answer = () => ({ status: 401, body: { code } });
      await assert.rejects(tab().request("/me"), new SessionEnded(code));
      assert.equal(api.asked.length, 0);
    });
  }

  test("that fails is asked again by the next call, and ends nothing", async () => {
    const client = tab();
    issuer.answer = () => ({ status: 503, body: { code: "issuer_unavailable" } });
    await assert.rejects(client.request("/me"), (error: Unreachable) => error.party === "issuer");
    issuer.answer = mint;
    assert.equal((await client.request("/me")).status, 200);
  });

  test("that is not there is told apart from an API that is not there", async () => {
    await issuer.close();
    await assert.rejects(tab().request("/me"), (error: Unreachable) => error.party === "issuer");
  });

  test("never hears the access token, and the API never a cookie", async () => {
    await tab().request("/me");
    assert.deepEqual(issuer.asked, [""]);
  });
});

describe("many at once", () => {
  test("ten calls of one tab share one renewal", async () => {
    const client = tab();
    await Promise.all(Array.from({ length: 10 }, () => client.request("/me")));
    assert.equal(issuer.asked.length, 1);
  });

  test("two tabs share one renewal", async () => {
    const shared = locks();
    await Promise.all([tab(shared).request("/me"), tab(shared).request("/me")]);
    assert.equal(issuer.asked.length, 1);
    assert.deepEqual(api.asked, ["Bearer token-1", "Bearer token-1"]);
  });

  test("a tab whose neighbour could not renew tries itself", async () => {
    const shared = locks();
    issuer.answer = () => (minted === 0 && issuer.asked.length === 1 ? { status: 503 } : mint());
    const [first, second] = await Promise.allSettled([tab(shared).request("/me"), tab(shared).request("/me")]);
    assert.deepEqual([first.status, second.status], ["rejected", "fulfilled"]);
  });

  test("without locks each tab renews for itself", async () => {
    const alone = () => new ApiClient({ apiUrl: api.url, tokenUrl: issuer.url, tabs: new Tabs(null, null), now: () => now });
    await Promise.all([alone().request("/me"), alone().request("/me")]);
    assert.equal(issuer.asked.length, 2);
  });

  test("the end of a session drops the token in every tab", async () => {
    const shared = locks();
    const [one, other] = [tab(shared), tab(shared)];
    await Promise.all([one.request("/me"), other.request("/me")]);
    one.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(other.remainingMilliseconds, undefined);
  });
});
