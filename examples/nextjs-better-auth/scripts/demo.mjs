/** Starts frontend and API together, on this machine alone: `make example`, or `npm run demo`. */

import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { apiPort, apiUrl, isBuilt, issuer, port, root } from "./addresses.mjs";
import { stop } from "./ports.mjs";

const house = resolve(root, "../..");
const python = process.env.PYTHON || resolve(house, ".venv/bin/python");

if (!existsSync(python)) stop(`The API's Python is not at ${python}. Set it up: make setup`);
build();

const shared = { ...process.env, ISSUER: issuer, AUDIENCE: apiUrl };
const frontend = { API_URL: apiUrl, PORT: String(port), BETTER_AUTH_SECRET: secret(), DATABASE_URL: database() };
// The API is told where tokens come from, and nothing else: it shares no secret with the frontend.
const api = { ENVIRONMENT: "development", ALLOWED_ORIGINS: issuer };
const uvicorn = ["-m", "uvicorn", "--factory", "--no-proxy-headers", "--log-level", "warning", "--port", String(apiPort)];

const started = [
  start("The API", python, [...uvicorn, "reference_impl.api:create_app"], house, { ...shared, ...api }),
  start("The frontend", process.execPath, ["scripts/start.mjs"], root, { ...shared, ...frontend }),
];
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => end(0));
await Promise.all([answer(issuer), answer(apiUrl)]);
console.log(`Ready: open ${issuer} · its API is ${apiUrl} · Ctrl+C stops both`);

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} words
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
function start(name, command, words, cwd, env) {
  const child = spawn(command, words, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  child.on("exit", (code) => {
    console.error(`${name} has ended; so the other does too.`);
    end(code ?? 1);
  });
  return child;
}

/**
 * Wait until somebody answers there; whoever fails to start ends this process.
 *
 * @param {string} url
 */
async function answer(url) {
  while (!(await fetch(url, { method: "HEAD" }).catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** @param {number} code */
function end(code) {
  for (const child of started) {
    child.removeAllListeners("exit");
    child.kill("SIGTERM");
  }
  process.exit(code);
}

function build() {
  if (isBuilt()) return;
  console.log("Building the frontend, once.");
  const built = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (built.status !== 0) stop("The frontend could not be built: npm run build says why.");
}

/** One per clone, readable by you alone; BETTER_AUTH_SECRET in the environment comes first. */
function secret() {
  if (process.env.BETTER_AUTH_SECRET) return process.env.BETTER_AUTH_SECRET;
  const path = resolve(data(), "secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
  return readFileSync(path, "utf8");
}

function database() {
  return process.env.DATABASE_URL || resolve(data(), "frontend.sqlite");
}

function data() {
  const folder = resolve(root, ".data");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    stop(`The folder ${folder} cannot be made: it keeps the accounts. Make it writable, or name DATABASE_URL and BETTER_AUTH_SECRET.`);
  }
  return folder;
}
