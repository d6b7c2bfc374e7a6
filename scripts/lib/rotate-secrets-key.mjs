import { readDatabase } from "./database.mjs";
import { importPackage, secretsKeysFile } from "./paths.mjs";
import { addSecretsKey, findSecretsKeys, removeSecretsKeys, SECRETS_KEYS_VARIABLE } from "./secrets-keys.mjs";
import { UserError } from "./user-error.mjs";

const OPTIONS = ["--dry-run", "--new-key"];

/** Progress is said so often, milliseconds. */
const SAID_EVERY_MS = 1_000;

/**
 * Rotates the key of the database the environment names, or of the local start. The packages are built before.
 *
 * @returns the exit code; 1 when there is something left to do
 */
export async function rotateSecretsKey(args, terminal, signal) {
  const unknown = args.find((arg) => !OPTIONS.includes(arg));
  if (unknown !== undefined) throw new UserError(`${unknown} is not one of ${OPTIONS.join(", ")}`);
  const { env } = process;
  if (args.includes("--new-key")) return makeNewKey(env, terminal);

  const { openStore, rotateSecrets } = await importPackage("store");
  const store = await openStore({ ...readDatabase(env), secretKeys: await readKeys(env) });
  const isDryRun = args.includes("--dry-run");
  try {
    const onProgress = progressLines(terminal, isDryRun);
    const report = await rotateSecrets(store, { isDryRun, onProgress, signal });
    return finish(report, { isDryRun, isLocal: !env[SECRETS_KEYS_VARIABLE] }, terminal);
  } finally {
    await store.close();
  }
}

function makeNewKey(env, terminal) {
  if (env[SECRETS_KEYS_VARIABLE]) {
    throw new UserError(`--new-key is for the keys of a local start; ${SECRETS_KEYS_VARIABLE} is set`);
  }
  const id = addSecretsKey(secretsKeysFile);
  terminal.say(`made the key ${id}; it writes from the next npm start on`);
  terminal.say("then: npm run rotate-secrets-key");
}

async function readKeys(env) {
  const text = findSecretsKeys(env, secretsKeysFile);
  if (text === undefined) throw new UserError(`${SECRETS_KEYS_VARIABLE} is not set`);
  const { secretKeys } = await importPackage("service");
  const parsed = secretKeys.safeParse(text);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ message }) => message).join(", ");
  throw new UserError(`${SECRETS_KEYS_VARIABLE}: ${faults}`);
}

/** How far it is and how fast, about once a second and at the end. */
function progressLines(terminal, isDryRun) {
  const startedAt = performance.now();
  let saidAt = -Infinity;
  return ({ done, total }) => {
    const now = performance.now();
    if (done < total && now - saidAt < SAID_EVERY_MS) return;
    saidAt = now;
    const perSecond = Math.round(done / Math.max(0.001, (now - startedAt) / 1_000));
    terminal.say(`${isDryRun ? "looked at" : "done"}: ${done} of ${total} documents, ${perSecond}/s`);
  };
}

const listCounts = (byKey) =>
  Object.entries(byKey)
    .map(([id, count]) => `${id}: ${count}`)
    .join(", ") || "none";

function finish(report, { isDryRun, isLocal }, terminal) {
  const { keyId, documents, resealed, byKey, resealedEvents, eventsByKey, unreadable, unused } = report;
  terminal.say(
    `${resealed} secrets of ${documents} documents ${isDryRun ? "would be" : "were"} sealed with ${keyId}`,
  );
  terminal.say(`${resealedEvents} events ${isDryRun ? "would be" : "were"} sealed with ${keyId}`);
  terminal.say(`secrets by key: ${listCounts(byKey)}; events by key: ${listCounts(eventsByKey)}`);
  for (const { collection, id, path, keyId: sealedWith } of unreadable) {
    terminal.say(`cannot be opened and was left as it is: ${collection} ${id}, ${path} (key ${sealedWith})`);
  }
  if (unreadable.length > 0) return 1;
  if (isDryRun) return 0;
  const left = Object.keys({ ...byKey, ...eventsByKey }).filter((id) => id !== keyId);
  if (left.length > 0) {
    terminal.say(
      `still needed: ${left.join(", ")}. Restart every service with ${keyId} first in its keys, and run this again with ${left.join(", ")} behind it`,
    );
    return 1;
  }
  if (unused.length > 0) terminal.say(`no longer used: ${unused.join(", ")}; take them out of the keys`);
  if (unused.length > 0 && isLocal) {
    removeSecretsKeys(secretsKeysFile, unused);
    terminal.say("taken out of the keys of the local start");
  }
  return 0;
}
