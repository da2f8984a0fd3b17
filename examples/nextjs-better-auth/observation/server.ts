/**
 * Better Auth servers on loopback, for the scenarios of `features/better_auth/` to look at: with the package's defaults,
 * or with this application's own configuration.
 *
 * Each line of standard input is JSON and asks for one server more, on a port of its own; a line of standard output says
 * where it is, or why it refused to start. All of them end with standard input.
 */

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { betterAuth, type BetterAuthOptions } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { admin, bearer, jwt, type JwtOptions } from "better-auth/plugins";
import Database from "libsql";
import { adapted } from "../src/lib/auth/database";

interface Options {
  configuration: "default" | "application";
  /** The path of a SQLite file; without one, Better Auth keeps its records in memory. */
  database?: string;
  secret?: string;
  withoutBaseUrl?: boolean;
  session?: BetterAuthOptions["session"];
  jwt?: JwtOptions;
  bearer?: boolean;
  admin?: boolean;
  /** What the application reads from its environment, beside its own address. */
  environment?: Record<string, string>;
  /** Whether the application has a mailer. */
  mailer?: boolean;
}

interface Auth {
  handler: (request: Request) => Promise<Response>;
}

/** Better Auth as its documentation begins with it: e-mail address and password, the JWT plugin, a database. */
async function createDefault(options: Options, origin: string): Promise<Auth> {
  const auth = betterAuth({
    ...(options.database ? { database: adapted(new Database(options.database)) } : {}),
    ...(options.withoutBaseUrl ? {} : { baseURL: origin }),
    ...(options.secret ? { secret: options.secret } : {}),
    ...(options.session ? { session: options.session } : {}),
    emailAndPassword: { enabled: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [jwt(options.jwt), ...(options.bearer ? [bearer()] : []), ...(options.admin ? [admin()] : [])],
  });
  await auth.$context;
  if (options.database) await (await getMigrations(auth.options)).runMigrations();
  return auth;
}

async function createApplication(options: Options, origin: string): Promise<Auth> {
  const { createAuth, prepareAuth, readSettings } = await import("../src/lib/auth/index");
  const environment: Record<string, string> = { ISSUER: origin };
  for (const [name, value] of Object.entries(options.environment ?? {})) environment[name] = value.replace("{origin}", origin);
  const settings = readSettings(environment);
  // The letters are not looked at: a scenario verifies an address in the records.
  const auth = createAuth(settings, options.mailer ? () => Promise.resolve() : undefined);
  await prepareAuth(auth);
  return auth;
}

async function serve(options: Options): Promise<object> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    const auth = await (options.configuration === "application" ? createApplication : createDefault)(options, origin);
    const handle = toNodeHandler(auth);
    const meet = meeting();
    server.on("request", (request, response) => { meet(request, () => void handle(request, response)); });
    return { origin, betterAuth: versionOf("better-auth"), node: process.versions.node };
  } catch (error) {
    server.close();
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** Has requests that say how many they are wait for the last of them, so that they meet however fast each was sent. */
function meeting(): (request: IncomingMessage, begin: () => void) => void {
  const waiting: (() => void)[] = [];
  return (request, begin) => {
    const together = Number(request.headers["x-requests-together"] ?? 1);
    if (together > waiting.push(begin)) return;
    for (const each of waiting.splice(0)) each();
  };
}

function versionOf(name: string): string {
  const text = readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

// Better Auth warns on standard output, which is for the answers.
for (const level of ["log", "info", "warn"] as const) console[level] = console.error;
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await serve(JSON.parse(line) as Options))}\n`);
}
process.exit(0);
