import { randomBytes } from "node:crypto";
import { keepSecret, readKept } from "./kept-secret.mjs";

export const SECRETS_KEYS_VARIABLE = "HOOKLANE_SECRETS_KEYS";

/** One entry of `HOOKLANE_SECRETS_KEYS`. Each has an id of its own, so that a lost one is not taken for its successor. */
const makeKey = () => `k${randomBytes(3).toString("hex")}:${randomBytes(32).toString("base64")}`;

/** The keys that seal secrets: made once, kept with the data, given by `HOOKLANE_SECRETS_KEYS` when that is set. */
export function readSecretsKeys(env, file) {
  const known = findSecretsKeys(env, file);
  if (known !== undefined) return known;
  const made = makeKey();
  keepSecret(file, `${made}\n`);
  return made;
}

/** The same, undefined when there are none yet. */
export const findSecretsKeys = (env, file) => env[SECRETS_KEYS_VARIABLE] || readKept(file);

/** Puts a new key before those that are kept: it writes from the next start on. Gives its id. */
export function addSecretsKey(file) {
  const made = makeKey();
  keepSecret(file, `${[made, readKept(file)].filter(Boolean).join(",")}\n`);
  return made.split(":")[0];
}

/** Takes keys out by their ids. The first one stays, whatever is asked: it writes. */
export function removeSecretsKeys(file, ids) {
  const [first, ...others] = (readKept(file) ?? "").split(",");
  const kept = others.filter((entry) => !ids.includes(entry.split(":")[0]));
  keepSecret(file, `${[first, ...kept].join(",")}\n`);
}
