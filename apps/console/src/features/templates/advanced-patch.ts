import type { PatchWebhook, Webhook } from "@hooklane/client";
import {
  type AdvancedValues,
  NO_ADVANCED,
  toAdvancedBody,
  toAdvancedValues,
  toBatching,
} from "./advanced-values.js";
import { toAuthPatch } from "./auth-values.js";

/** Options that are replaced as a whole; null sets one back. */
const WHOLE = [
  "filter",
  "sources",
  "audienceId",
  "contentType",
  "body",
  "rateLimitPerSecond",
  "signatureScheme",
] as const;

/** Only what differs, so that what others changed beside it stays. */
export function toAdvancedPatch(before: Webhook, values: AdvancedValues): PatchWebhook {
  const [was, is] = [toAdvancedBody(toAdvancedValues(before)), toAdvancedBody(values)];
  const whole = WHOLE.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  const headers = toHeaderPatch(before.headers, is.headers);
  const auth = toAuthPatch(before.auth, values.auth);
  return {
    ...Object.fromEntries(whole.map((name) => [name, is[name] ?? null])),
    ...(headers && { headers }),
    ...(auth !== undefined && { auth }),
  };
}

/** A merge patch goes into it: names that are gone are null. */
function toHeaderPatch(
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
): Record<string, string | null> | undefined {
  const changed = Object.entries(is).filter(([name, value]) => was[name] !== value);
  const gone = Object.keys(was).filter((name) => !Object.hasOwn(is, name));
  if (changed.length + gone.length === 0) return undefined;
  return Object.fromEntries([...changed, ...gone.map((name) => [name, null] as const)]);
}

/** Undefined where nothing was changed. */
export function toBatchingPatch(
  before: Webhook,
  values: AdvancedValues,
  isBatching: boolean,
): PatchWebhook["batching"] | undefined {
  if (!isBatching) return before.batching === undefined ? undefined : null;
  const given = { maxEvents: values.maxEvents, maxWaitSeconds: values.maxWaitSeconds };
  const shown = toAdvancedValues(before);
  const isSame = given.maxEvents === shown.maxEvents && given.maxWaitSeconds === shown.maxWaitSeconds;
  if (before.batching !== undefined && isSame) return undefined;
  // Emptied, a limit is that of a new webhook.
  return { ...BATCHING_DEFAULTS, ...toBatching({ ...NO_ADVANCED, ...given }) };
}

/** As the API has them (product.md D8). */
const BATCHING_DEFAULTS = { maxEvents: 100, maxWaitSeconds: 5 } as const;
