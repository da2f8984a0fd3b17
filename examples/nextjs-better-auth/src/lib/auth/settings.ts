/** Every name and number the frontend is run with, read from the environment in this one place. */

export interface Settings {
  /** The URL this frontend is known by, exactly as its tokens name it. */
  issuer: string;
  /** The identifier of the API its access tokens are for. */
  audience: string;
  /** Where that API is called. */
  apiUrl: string;
  /** The name under which this frontend asks for access tokens. */
  clientId: string;
  /** Signs session cookies and encrypts private keys; shared with nobody, least of all with the API. */
  secret: string;
  /** The path of a SQLite file, or a `postgres://` URL. */
  database: string;
  /** The site that explains each refusal's code. */
  docsUrl: string;
  /** The header in which your proxy states the client's address; undefined where clients reach this server directly. */
  clientAddressHeader: string | undefined;
  accessTokenLifetimeSeconds: number;
  sessionIdleLimitSeconds: number;
  sessionAbsoluteLimitSeconds: number;
  failedSignInsAllowed: number;
  failedSignInWindowSeconds: number;
  keyRotationSeconds: number;
  /** How long the API keeps a key set before it asks again; a key is published this long before its first use. */
  keySetLifetimeSeconds: number;
  /** The clock skew the API tolerates. */
  apiLeewaySeconds: number;
}

export const COOKIE_NAME = "__Host-session";

/** Says, in one sentence that names the variable, why the frontend does not start. */
export class SettingsError extends Error {}

const DAY_SECONDS = 86_400;
const SHORTEST_SECRET = 32;

export const DEFAULTS = {
  clientId: "web",
  database: "frontend.sqlite",
  docsUrl: "https://watchword.example",
  clientAddressHeader: undefined,
  accessTokenLifetimeSeconds: 300,
  sessionIdleLimitSeconds: 7 * DAY_SECONDS,
  sessionAbsoluteLimitSeconds: 30 * DAY_SECONDS,
  failedSignInsAllowed: 5,
  failedSignInWindowSeconds: 15 * 60,
  keyRotationSeconds: 30 * DAY_SECONDS,
  keySetLifetimeSeconds: 300,
  apiLeewaySeconds: 30,
} as const satisfies Partial<Settings>;

type Environment = Record<string, string | undefined>;

/**
 * Read the settings.
 *
 * @throws SettingsError: a value is missing or unsafe.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const apiUrl = url(environment, "API_URL");
  return {
    ...DEFAULTS,
    issuer: origin(environment, "ISSUER"),
    audience: environment.AUDIENCE || apiUrl,
    apiUrl,
    clientId: environment.CLIENT_ID || DEFAULTS.clientId,
    secret: secret(environment),
    database: environment.DATABASE_URL || DEFAULTS.database,
    docsUrl: (environment.DOCS_URL || DEFAULTS.docsUrl).replace(/\/+$/, ""),
    clientAddressHeader: environment.CLIENT_ADDRESS_HEADER || undefined,
    accessTokenLifetimeSeconds: seconds(environment, "ACCESS_TOKEN_LIFETIME_SECONDS", DEFAULTS.accessTokenLifetimeSeconds),
    keyRotationSeconds: seconds(environment, "KEY_ROTATION_SECONDS", DEFAULTS.keyRotationSeconds),
  };
}

function secret(environment: Environment): string {
  const value = environment.BETTER_AUTH_SECRET ?? "";
  // Better Auth falls back to a secret that everybody knows outside production, and only warns of a short one.
  if (value.length < SHORTEST_SECRET) {
    throw new SettingsError(
      "BETTER_AUTH_SECRET must hold at least 32 random characters, which only this server knows. Make it: openssl rand -base64 32",
    );
  }
  return value;
}

function origin(environment: Environment, variable: string): string {
  const value = url(environment, variable);
  if (new URL(value).origin !== value) {
    throw new SettingsError(`${variable} must be an origin such as https://app.example, without path and final slash.`);
  }
  return value;
}

function url(environment: Environment, variable: string): string {
  const value = (environment[variable] ?? "").replace(/\/+$/, "");
  const { protocol, hostname, username } = URL.canParse(value) ? new URL(value) : new URL("none:");
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if ((protocol !== "https:" && !(protocol === "http:" && isLocal)) || username !== "") {
    throw new SettingsError(`${variable} must be an https URL such as https://app.example, or http on localhost.`);
  }
  return value;
}

function seconds(environment: Environment, variable: string, fallback: number): number {
  const value = environment[variable];
  if (value === undefined || value === "") return fallback;
  if (!/^[1-9][0-9]{0,8}$/.test(value)) throw new SettingsError(`${variable} must be a whole number of seconds.`);
  return Number(value);
}
