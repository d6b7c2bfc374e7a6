import { importPackage } from "./paths.mjs";

/** Progress is said so often, milliseconds. */
const SAID_EVERY_MS = 1_000;

/**
 * Readies a database for this release: its indexes, then the migrations it lacks (docs/upgrading.md). Does nothing where
 * all of it is there; several at once are one. The packages are built before.
 *
 * @param place `uri` and `database`
 */
export async function migrate(place, terminal, signal) {
  const { openStore, prepareDatabase } = await importPackage("store");
  const store = await openStore(place);
  const say = seldom(terminal);
  try {
    const finished = await prepareDatabase(store, {
      signal,
      onIndexes: (made, collections) =>
        say(`indexes: ${made} of ${collections} collections`, made === collections),
      onProgress: ({ id, done, total }) => say(`${id}: ${done} of ${total} documents`, done === total),
      onWaiting: () => terminal.say("migrations: another process makes them; waiting for it"),
    });
    terminal.say(`migrations: ${finished.length === 0 ? "none to make" : `made ${finished.join(", ")}`}`);
  } finally {
    await store.close();
  }
}

function seldom(terminal) {
  let saidAt = performance.now();
  return (line, isLast) => {
    const now = performance.now();
    if (!isLast && now - saidAt < SAID_EVERY_MS) return;
    saidAt = now;
    terminal.say(line);
  };
}
