/**
 * Let an account fail only so often, known or not, and from whatever addresses the guesses come.
 *
 * Better Auth limits requests per client address, which an attacker has many of. Each attempt counts as failed from before
 * its password is looked at until it has succeeded, so that guesses at the same moment cannot outrun the count.
 *
 * Source: ASVS 6.3.1.
 */

import { createHash } from "node:crypto";
import type { BetterAuthPlugin, GenericEndpointContext } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import type { Settings } from "./settings";

interface Attempt {
  id: string;
  account: string;
  /** In milliseconds; PostgreSQL's driver writes so large a number as text. */
  at: number | string;
}

/** What a hook is given once the endpoint has answered. */
type Answered = GenericEndpointContext & { context: { returned?: unknown } };

const MODEL = "attempt";
const PATHS = ["/sign-in/email", "/sign-up/email", "/change-password", "/delete-user"];
const isGuess = ({ path }: { path?: string }): boolean => PATHS.includes(path ?? "");

export const attempts = (settings: Settings) =>
  ({
    id: "attempts",
    schema: {
      [MODEL]: {
        fields: {
          account: { type: "string", required: true, index: true },
          at: { type: "number", required: true, bigint: true },
        },
      },
    },
    hooks: {
      before: [{ matcher: isGuess, handler: createAuthMiddleware((context) => begin(context, settings)) }],
      after: [{ matcher: isGuess, handler: createAuthMiddleware(succeed) }],
    },
  }) satisfies BetterAuthPlugin;

async function begin(context: GenericEndpointContext, settings: Settings): Promise<void> {
  const account = await accountOf(context);
  if (account === undefined) return;
  const { adapter } = context.context;
  const window = settings.failedSignInWindowSeconds * 1000;
  const now = Date.now();
  await adapter.deleteMany({ model: MODEL, where: [{ field: "at", operator: "lte", value: now - window }] });
  await adapter.create({ model: MODEL, data: { account, at: now } });
  const made = await adapter.findMany<Attempt>({
    model: MODEL,
    where: [{ field: "account", value: account }],
    sortBy: { field: "at", direction: "desc" },
    limit: settings.failedSignInsAllowed + 1,
  });
  const earliest = made[settings.failedSignInsAllowed];
  if (!earliest) return;
  await forget(context, made[0]);
  const seconds = Math.max(1, Math.ceil((Number(earliest.at) + window - now) / 1000));
  throw new APIError("TOO_MANY_REQUESTS", { code: "too_many_attempts" }, { "Retry-After": String(seconds) });
}

async function succeed(context: Answered): Promise<void> {
  if (context.context.returned instanceof Error) return;
  const account = await accountOf(context);
  if (account === undefined) return;
  const [mine] = await context.context.adapter.findMany<Attempt>({
    model: MODEL,
    where: [{ field: "account", value: account }],
    sortBy: { field: "at", direction: "desc" },
    limit: 1,
  });
  await forget(context, mine);
}

async function forget(context: GenericEndpointContext, attempt: Attempt | undefined): Promise<void> {
  if (attempt) await context.context.adapter.delete({ model: MODEL, where: [{ field: "id", value: attempt.id }] });
}

/** The account a password is offered for, as a digest: the list of failures names nobody. */
async function accountOf(context: GenericEndpointContext): Promise<string | undefined> {
  const body = context.body as { email?: unknown } | undefined;
  const email = body?.email ?? context.context.session?.user.email ?? (await getSessionFromCtx(context))?.user.email;
  if (typeof email !== "string") return undefined;
  return createHash("sha256").update(email.toLowerCase()).digest("hex");
}
