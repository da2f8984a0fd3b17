/** The settings: whatever is unsafe stops the start with one sentence that names the variable. */

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createAuth, readSettings, SettingsError } from "../src/lib/auth";
import { ENVIRONMENT } from "./frontend";

test("the defaults are the contract's", () => {
  const settings = readSettings(ENVIRONMENT);
  assert.equal(settings.accessTokenLifetimeSeconds, 300);
  assert.equal(settings.audience, "https://api.example");
});

const UNSAFE: [change: Record<string, string | undefined>, variable: string][] = [
  [{ BETTER_AUTH_SECRET: undefined }, "BETTER_AUTH_SECRET"],
  [{ BETTER_AUTH_SECRET: "short" }, "BETTER_AUTH_SECRET"],
  [{ ISSUER: undefined }, "ISSUER"],
  [{ ISSUER: "app.example" }, "ISSUER"],
  [{ ISSUER: "http://app.example" }, "ISSUER"],
  [{ ISSUER: "https://app.example/auth" }, "ISSUER"],
  [{ ISSUER: "https://ada@app.example" }, "ISSUER"],
  [{ API_URL: undefined }, "API_URL"],
  [{ API_URL: "ftp://api.example" }, "API_URL"],
  [{ ACCESS_TOKEN_LIFETIME_SECONDS: "5m" }, "ACCESS_TOKEN_LIFETIME_SECONDS"],
  [{ ACCESS_TOKEN_LIFETIME_SECONDS: "0" }, "ACCESS_TOKEN_LIFETIME_SECONDS"],
];
for (const [change, variable] of UNSAFE) {
  test(`${variable} = ${JSON.stringify(Object.values(change)[0])} is refused by name`, () => {
    assert.throws(
      () => readSettings({ ...ENVIRONMENT, ...change }),
      (error) => error instanceof SettingsError && error.message.startsWith(`${variable} must`),
    );
  });
}

test("http is for this machine alone", () => {
  assert.equal(readSettings({ ...ENVIRONMENT, ISSUER: "http://localhost:3000" }).issuer, "http://localhost:3000");
});

test("a database that cannot be written is refused before the first sign-in", () => {
  const folder = mkdtempSync(join(tmpdir(), "frontend-"));
  const isADirectory = { ...ENVIRONMENT, DATABASE_URL: folder };
  assert.throws(() => createAuth(readSettings(isADirectory)), /^SettingsError|DATABASE_URL names/);
  const path = join(folder, "read-only.sqlite");
  writeFileSync(path, "");
  chmodSync(path, 0o400);
  if (process.getuid?.() === 0) return; // root may write everything
  assert.throws(() => createAuth(readSettings({ ...ENVIRONMENT, DATABASE_URL: path })), /DATABASE_URL names/);
});
