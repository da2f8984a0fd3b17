/** The issuer's configuration, held to the contract. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import type { Auth } from "../src/lib/auth";
import { accessToken, ADA, Browser, codeOf, issuer, keyIds, part } from "./frontend";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let auth: Auth;
let browser: Browser;

beforeEach(async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
  auth = await issuer();
  browser = await new Browser(auth).signUp();
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

describe("the access token", () => {
  test("says at+jwt, and carries the contract's claims and no other", async () => {
    const token = await accessToken(browser);
    assert.deepEqual(Object.keys(part(token, 0)).sort(), ["alg", "kid", "typ"]);
    assert.equal(part(token, 0).typ, "at+jwt");
    const { iss, aud, client_id, iat, exp, ...rest } = part(token, 1);
    assert.deepEqual([iss, aud, client_id], ["https://app.example", "https://api.example", "web"]);
    assert.equal(Number(exp) - Number(iat), 300);
    assert.deepEqual(Object.keys(rest).sort(), ["jti", "sid", "sub"]);
    assert.ok(token.length < 512, `${token.length} octets`);
  });

  test("is another one each time", async () => {
    const [one, other] = [await accessToken(browser), await accessToken(browser)];
    assert.notEqual(part(one, 1).jti, part(other, 1).jti);
    assert.equal(part(one, 1).sid, part(other, 1).sid);
  });

  test("is not minted for a page of another origin", async () => {
    assert.equal(await codeOf(browser.post("access-token", undefined, { Origin: "https://evil.example" })), "origin_untrusted");
  });

  test("is not minted where the cookie came twice", async () => {
    const twice = { Cookie: `${browser.cookie}; ${browser.cookie}` };
    assert.equal(await codeOf(browser.post("access-token", undefined, twice)), "session_missing");
  });

  test("is minted for the cookie of the full name, whatever a neighbouring host has planted before it", async () => {
    const mallory = await new Browser(auth).signUp({ ...ADA, email: "mallory@example.test" });
    const owner = part(await accessToken(browser), 1).sub;
    const planted = { Cookie: `\u00a0${mallory.cookie}; ${browser.cookie}` };
    const answer = (await (await browser.post("access-token", undefined, planted)).json()) as { access_token: string };
    assert.equal(part(answer.access_token, 1).sub, owner);
  });

  test("is not minted by GET, nor at Better Auth's own path", async () => {
    assert.equal(await codeOf(browser.get("access-token")), "method_not_allowed");
    assert.equal(await codeOf(browser.get("token")), "not_found");
  });
});

describe("the session", () => {
  test("lives in a cookie that is this host's, and unreadable", async () => {
    const answer = await browser.post("sign-in/email", ADA);
    const [cookie = ""] = answer.headers.getSetCookie();
    assert.match(cookie, /^__Host-session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const shown = await answer.text();
    assert.ok(!shown.includes(cookie.slice("__Host-session=".length).split(".")[0] ?? "?"), shown);
  });

  test("goes on past seven days while it is used", async () => {
    for (let day = 0; day < 12; day += 6) {
      mock.timers.tick(6 * DAY);
      assert.equal(await codeOf(browser.post("access-token")), "granted");
    }
  });

  test("lapses after seven days without use", async () => {
    mock.timers.tick(7 * DAY);
    assert.equal(await codeOf(browser.post("access-token")), "session_expired");
    assert.equal(browser.cookie, "");
  });

  test("ends after thirty days however it is used", async () => {
    for (let day = 0; day < 24; day += 6) {
      mock.timers.tick(6 * DAY);
      await accessToken(browser);
    }
    mock.timers.tick(6 * DAY - 1000);
    assert.equal(await codeOf(browser.post("access-token")), "granted");
    mock.timers.tick(1000);
    assert.equal(await codeOf(browser.post("access-token")), "session_expired");
  });

  test("is over at sign-out, for a copy of the cookie too", async () => {
    const copy = new Browser(auth);
    copy.cookie = browser.cookie;
    await browser.post("sign-out");
    assert.equal(await codeOf(copy.post("access-token")), "session_revoked");
    assert.equal(await codeOf(browser.post("access-token")), "session_missing");
  });

  test("is over everywhere", async () => {
    const other = new Browser(auth);
    await other.post("sign-in/email", ADA);
    await browser.post("revoke-sessions");
    assert.equal(await codeOf(other.post("access-token")), "session_revoked");
  });

  test("is ended on every other device by a new password", async () => {
    const other = new Browser(auth);
    await other.post("sign-in/email", ADA);
    const change = { currentPassword: ADA.password, newPassword: "another horse battery" };
    assert.equal(await codeOf(browser.post("change-password", change)), "granted");
    assert.equal(await codeOf(other.post("access-token")), "session_revoked");
    assert.equal(await codeOf(browser.post("access-token")), "granted");
  });

  test("that a browser brought to its sign-in is ended", async () => {
    const copy = new Browser(auth);
    copy.cookie = browser.cookie;
    await browser.post("sign-in/email", ADA);
    assert.equal(await codeOf(copy.post("access-token")), "session_revoked");
  });

  test("of a banned account mints nothing, and none is opened", async () => {
    const context = await auth.$context;
    await context.adapter.update({ model: "user", where: [{ field: "email", value: ADA.email }], update: { banned: true } });
    assert.equal(await codeOf(browser.post("access-token")), "session_revoked");
    assert.equal(await codeOf(new Browser(auth).post("sign-in/email", ADA)), "credentials_invalid");
  });
});

describe("signing in", () => {
  const wrong = { ...ADA, password: "wrong horse battery" };

  test("answers a wrong password and an unknown account alike", async () => {
    const unknown = { ...wrong, email: "nobody@example.test" };
    for (const given of [wrong, unknown]) assert.equal(await codeOf(browser.post("sign-in/email", given)), "credentials_invalid");
  });

  test("is refused from the sixth failure within fifteen minutes, and let in after them", async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await browser.post("sign-in/email", wrong);
    const refused = await browser.post("sign-in/email", ADA);
    assert.equal(refused.headers.get("Retry-After"), "900");
    assert.equal(await codeOf(refused), "too_many_attempts");
    mock.timers.tick(15 * MINUTE);
    assert.equal(await codeOf(browser.post("sign-in/email", ADA)), "granted");
  });

  test("that succeeds is not counted", async () => {
    for (let attempt = 0; attempt < 8; attempt += 1) assert.equal(await codeOf(browser.post("sign-in/email", ADA)), "granted");
  });

  test("takes no form, which any page could send", async () => {
    const form = await browser.post("sign-in/email", undefined, { "Content-Type": "application/x-www-form-urlencoded" });
    assert.equal(form.status, 415);
  });

  test("reads an address and a password, and nothing that is sent beside them", async () => {
    const beside = { callbackURL: "https://evil.example/", redirectTo: "//evil.example", rememberMe: false, role: "admin" };
    for (const path of ["sign-in/email", "sign-in/email?callbackURL=https://evil.example/", "sign-up/email"]) {
      const answer = await new Browser(auth).post(path, { ...ADA, ...beside });
      assert.deepEqual([answer.status, answer.headers.get("location")], [200, null]);
      assert.match(answer.headers.getSetCookie()[0] ?? "", /Max-Age=604800/);
    }
  });

  for (const body of ["{", "[]", "null", '"x"', "\u00ff"]) {
    test(`takes no body that is no JSON object: ${body}`, async () => {
      const answer = await browser.post("sign-in/email", undefined, { "Content-Type": "application/json" }, body);
      assert.deepEqual([answer.status, await codeOf(answer)], [422, "request_invalid"]);
    });
  }

  test("answers refusals as problem details that nobody keeps", async () => {
    const { headers } = await browser.post("sign-in/email", wrong);
    assert.equal(headers.get("content-type"), "application/problem+json");
    assert.equal(headers.get("cache-control"), "no-store");
  });
});

describe("signing up", () => {
  test("with the address of a living account is a sign-in, and as hard as one", async () => {
    assert.equal(await codeOf(new Browser(auth).post("sign-up/email", { ...ADA, password: "mallory's guess" })), "credentials_invalid");
    assert.equal(await codeOf(new Browser(auth).post("sign-up/email", ADA)), "granted");
  });

  test("with a mailer opens nothing before the address is shown, and tells nobody which is known", async () => {
    const mails: string[] = [];
    const careful = await issuer({}, ({ url }) => Promise.resolve(void mails.push(url)));
    const [first, second] = [new Browser(careful), new Browser(careful)];
    const shapes = [];
    for (const each of [first, second]) {
      const answer = await each.post("sign-up/email", ADA);
      shapes.push([answer.status, each.cookie, Object.keys((await answer.json()) as object)]);
    }
    assert.deepEqual(shapes[0], shapes[1]);
    assert.equal(await codeOf(first.post("sign-in/email", ADA)), "credentials_invalid");
    const link = new URL(mails[0] ?? "").href.split("/api/auth/")[1] ?? "";
    assert.equal(await codeOf(first.get(link.replace("callbackURL=%2F", "callbackURL=https://evil.example"))), "origin_untrusted");
    assert.equal((await first.get(link)).headers.get("location"), "/");
    assert.equal(await codeOf(first.post("sign-in/email", ADA)), "granted");
  });
});

describe("while the database is away", () => {
  for (const path of ["sign-out", "revoke-sessions", "change-password", "delete-user", "access-token", "sign-in/email"]) {
    test(`${path} says so, and the session goes on`, async () => {
      const { database } = auth;
      assert.ok("exec" in database);
      const given = { ...ADA, currentPassword: ADA.password, newPassword: "another horse battery" };
      mock.method(console, "error", () => undefined);
      database.exec("ALTER TABLE session RENAME TO away");
      const answer = await browser.post(path, given);
      database.exec("ALTER TABLE away RENAME TO session");
      assert.deepEqual([answer.status, await codeOf(answer)], [503, "issuer_unavailable"]);
      assert.equal(await codeOf(browser.post("access-token")), "granted");
    });
  }
});

describe("the keys", () => {
  test("are one, however many ask at first", async () => {
    const fresh = await new Browser(await issuer()).signUp();
    await Promise.all(Array.from({ length: 10 }, () => accessToken(fresh)));
    assert.equal((await keyIds(fresh.auth)).length, 1);
  });

  test("rotate, the next one published five minutes before its first use", async () => {
    const quick = await new Browser(await issuer({ keyRotationSeconds: 3600 })).signUp();
    const before = part(await accessToken(quick), 0).kid;
    mock.timers.tick(55 * MINUTE);
    assert.equal(part(await accessToken(quick), 0).kid, before);
    assert.equal((await keyIds(quick.auth)).length, 2);
    mock.timers.tick(5 * MINUTE + 1);
    const after = part(await accessToken(quick), 0).kid;
    assert.notEqual(after, before);
    assert.deepEqual((await keyIds(quick.auth)).sort(), [before, after].sort());
  });

  test("leave once no token under them is accepted anywhere, and their rows with them", async () => {
    const quick = await new Browser(await issuer({ keyRotationSeconds: 3600 })).signUp();
    for (let hour = 0; hour < 5; hour += 1) {
      await accessToken(quick);
      mock.timers.tick(58 * MINUTE);
      await accessToken(quick);
      mock.timers.tick(15 * MINUTE);
    }
    await accessToken(quick);
    const rows = await (await quick.auth.$context).adapter.findMany({ model: "jwks" });
    assert.ok(rows.length <= 3, `${rows.length} rows`);
  });
});
