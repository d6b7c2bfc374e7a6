import { eventually } from "@hooklane/testing";
import { expect, test } from "@jest/globals";
import type { PartitionDocument } from "@hooklane/store";
import { type OwnerParts, PartitionOwner } from "./partition-owner.js";

const FIRST: PartitionDocument = {
  _id: "deliveries.v1/0",
  v: 1,
  partition: 0,
  clusterId: "the one before",
  logEpoch: 3,
  epoch: 1,
  ver: 0,
  owner: null,
  released: true,
  renewedAt: new Date(0),
  committed: 50,
  done: new Uint8Array(0),
  sources: {},
  lanes: {},
  seen: null,
};

/** Everything around an owner answers at once. `stored` is the partition's document. */
function around(stored: { document: PartitionDocument }, began: number[]): OwnerParts {
  const noCount = { inc: () => undefined, observe: () => undefined };
  const log = () => undefined;
  const begin = ({ logEpoch }: { readonly logEpoch: number }) => {
    began.push(logEpoch, stored.document.logEpoch);
    return {
      lanes: {
        next: 0,
        committed: 0,
        isDirty: false,
        pending: { inFlight: 0, counting: 0, unreported: 0 },
        checkpoint: () => ({ committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} }),
        markDirty: log,
      },
      isDiscarded: false,
      openRequests: 0,
      run: log,
      stop: log,
      discard: log,
      onStored: log,
      abortRequests: log,
    };
  };
  const parts = {
    me: "me",
    topic: "t",
    partitions: {
      ensure: () => Promise.resolve(),
      list: () =>
        Promise.resolve([
          {
            partition: 0,
            epoch: stored.document.epoch,
            isClaimable: stored.document.released,
            isTooNew: false,
          },
        ]),
      claim: (_: number, epoch: number) => {
        stored.document = { ...stored.document, epoch: epoch + 1, ver: 0, released: false };
        return Promise.resolve(stored.document);
      },
      save: (
        { ver }: { readonly ver: number },
        content: object,
        { release }: { readonly release: boolean },
      ) => {
        const { epoch, _id, partition, v, owner, renewedAt } = stored.document;
        stored.document = {
          ...stored.document,
          ...content,
          ...{ epoch, _id, partition, v, owner, renewedAt, ver: ver + 1, released: release },
        };
        return Promise.resolve({ kind: "stored", ver: ver + 1 });
      },
    },
    members: {
      beat: () => Promise.resolve(),
      leave: () => Promise.resolve(),
      countAlive: () => Promise.resolve(1),
    },
    admin: {
      partitionCount: () => Promise.resolve(1),
      clusterId: () => Promise.resolve("this one"),
      logBounds: () => Promise.resolve([{ partition: 0, first: 0, end: 100 }]),
    },
    consumer: {
      isReady: true,
      seek: log,
      release: log,
      identityAt: () => Promise.resolve(undefined),
      furthestRead: log,
    },
    trips: { look: () => Promise.resolve() },
    clock: { now: () => performance.now(), wallNow: () => Date.now() },
    metrics: { claims: noCount, fenced: noCount, checkpointSeconds: noCount },
    logger: { info: log, warn: log, error: log },
    createRunner: begin,
  };
  return parts as unknown as OwnerParts;
}

test("begins in a new log epoch only once that is stored: what it parks there is nobody else's", async () => {
  const stored = { document: FIRST };
  const began: number[] = [];
  const owner = new PartitionOwner(around(stored, began));
  await owner.start();
  await eventually(() => began.length > 0, { what: "the partition to be begun" });
  await owner.close();
  // The epoch it began in, and the stored one at that moment.
  expect(began.slice(0, 2)).toEqual([4, 4]);
});
