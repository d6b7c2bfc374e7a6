import { EventEmitter } from "node:events";
import { expect, test } from "@jest/globals";
import type { Store } from "../store.js";
import { ChangeFeed } from "./change-feed.js";

/** A stream of a database that answered at first and then never again. */
class SilentStream extends EventEmitter {
  readonly resumeToken = { _data: "1" };
  readonly closed = false;
  #reads = 0;

  tryNext(): Promise<null> {
    return this.#reads++ === 0 ? Promise.resolve(null) : new Promise<null>(() => undefined);
  }

  close(): Promise<void> {
    return new Promise<void>(() => undefined);
  }
}

test("a feed closes although the database does not answer any more", async () => {
  const db = { name: "test", getClient: () => ({ db: () => ({ watch: () => new SilentStream() }) }) };
  const feed = new ChangeFeed({
    store: { db } as unknown as Store,
    collections: ["webhooks"],
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    load: () => Promise.resolve(),
    apply: () => undefined,
  });
  await feed.start();
  expect(feed.isReady).toBe(true);
  await feed.close();
  expect(feed.isReady).toBe(false);
});
