/**
 * Choose the key that signs, and have its successor published before it is needed.
 *
 * Better Auth makes a new key at the first signature after the old one's end, and publishes it at that moment: an API that
 * keeps the key set for five minutes would not know it. So the oldest live key signs, and the next is made one key set
 * lifetime before that one ends.
 */

import type { GenericEndpointContext } from "better-auth";
import { createJwk, type Jwk, type JwtOptions } from "better-auth/plugins";
import type { Settings } from "./settings";

type Key = Jwk & { expiresAt?: Date | null };

export type SigningKeys = (context: GenericEndpointContext) => Promise<string>;

/** How long a key stays published after its last signature: until no token under it is accepted anywhere. */
export function overlapSeconds(settings: Settings): number {
  return settings.accessTokenLifetimeSeconds + settings.keySetLifetimeSeconds + settings.apiLeewaySeconds;
}

/** Returns what names the signing key; two callers at once make one key, not two. */
export function signingKeys(settings: Settings, options: JwtOptions): SigningKeys {
  let running: Promise<string> | undefined;
  return (context) => (running ??= choose(context, settings, options).finally(() => (running = undefined)));
}

async function choose(context: GenericEndpointContext, settings: Settings, options: JwtOptions): Promise<string> {
  const now = Date.now();
  const { adapter } = context.context;
  const newest = await adapter.findMany<Key>({
    model: "jwks",
    sortBy: { field: "createdAt", direction: "desc" },
    limit: 10,
  });
  const live = newest.filter((key) => endOf(key, settings) > now).reverse();
  const last = live.at(-1);
  if (last && endOf(last, settings) - now > settings.keySetLifetimeSeconds * 1000) return (live[0] ?? last).id;
  const successor = await createJwk(context, options);
  // Better Auth reads at most 100 keys, in no order, and never deletes one: enough of them would hide the live ones.
  const forgotten = new Date(now - overlapSeconds(settings) * 1000);
  await adapter.deleteMany({ model: "jwks", where: [{ field: "expiresAt", operator: "lt", value: forgotten }] });
  return (live[0] ?? successor).id;
}

/** A key from before rotation was turned on has no end of its own. */
function endOf(key: Key, settings: Settings): number {
  return key.expiresAt?.getTime() ?? key.createdAt.getTime() + settings.keyRotationSeconds * 1000;
}
