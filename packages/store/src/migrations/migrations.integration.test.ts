import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { StoreRefusal } from "../store-refusal.js";
import { openStore, type Store } from "../store.js";
import type { Migration } from "./migration.js";
import { MigrationLog } from "./migration-log.js";
import { assertMigrated, MigrationsMissingError } from "./migration-state.js";
import { prepareDatabase } from "./prepare-database.js";
import { type MigrationProgress, runMigrations, type RunMigrationsOptions } from "./run-migrations.js";
import { joinNames, peopleOf } from "./testing/rename-migration.js";

/** As it is built: a process of its own cannot be had from the sources. */
const PROCESS = fileURLToPath(new URL("../../dist/migrations/testing/migrate-process.js", import.meta.url));
const PEOPLE_COUNT = 95;
const uri = process.env.MONGODB_URI ?? "";

let database: string;
let store: Store;
let children: ChildProcess[];

beforeEach(async () => {
  children = [];
  database = `migrations-${randomUUID().slice(0, 8)}`;
  store = await openStore({ uri, database });
  await peopleOf(store).insertMany(
    Array.from({ length: PEOPLE_COUNT }, (_, index) => ({ _id: index, first: `F${index}`, last: "L" })),
  );
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await store.db.dropDatabase();
  await store.close();
});

const run = (migrations: readonly Migration[], more: RunMigrationsOptions = {}) =>
  runMigrations(store, { migrations, ...more });

/** Every document was changed, and exactly once. */
async function expectMigrated(): Promise<void> {
  const people = await peopleOf(store).find().sort({ _id: 1 }).toArray();
  expect(people.map(({ name }) => name)).toEqual(people.map(({ _id }) => `F${_id} L`));
  expect(new Set(people.map(({ times }) => times))).toEqual(new Set([1]));
}

/** Starts a process that migrates; resolves when it stands in a step at or behind `standAt`. */
async function migrateElsewhere(standAt: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROCESS, uri, database, String(standAt)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number(/^step behind (-?\d+)$/.exec(line)?.[1] ?? Number.NaN) >= standAt) return child;
  }
  throw new Error("The process ended before it came there");
}

describe("migrations", () => {
  test("go through everything with progress, are noted with time and duration, and a second run does nothing", async () => {
    const progress: MigrationProgress[] = [];
    expect(await run([joinNames()], { onProgress: (each) => progress.push(each) })).toEqual([
      "0001-join-names",
    ]);
    await expectMigrated();
    expect(progress).toHaveLength(10);
    expect(progress.at(0)).toEqual({ id: "0001-join-names", done: 10, total: PEOPLE_COUNT });
    expect(progress.at(-1)).toEqual({ id: "0001-join-names", done: 95, total: PEOPLE_COUNT });
    const [noted] = await new MigrationLog(store).list();
    expect(noted).toMatchObject({
      _id: "0001-join-names",
      release: "0.2.0",
      oldestRelease: "0.1.0",
      done: 95,
      total: 95,
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
      durationMs: expect.any(Number),
    });
    expect(noted).not.toHaveProperty("cursor");
    const never = () => Promise.reject(new Error("it was made already"));
    expect(await run([{ ...joinNames(), count: never, step: never }])).toEqual([]);
    expect(await new MigrationLog(store).list()).toEqual([noted]);
  });

  test("are made in their order, a later release's behind those that are there", async () => {
    const made: string[] = [];
    const noting = (id: string): Migration => ({
      ...joinNames({ id }),
      step: () => {
        made.push(id);
        return Promise.resolve({ done: 0 });
      },
    });
    await run([noting("0001-a"), noting("0002-b")]);
    await run([noting("0001-a"), noting("0002-b"), noting("0003-c")]);
    expect(made).toEqual(["0001-a", "0002-b", "0003-c"]);
    await expect(run([noting("0002-b"), noting("0001-a")])).rejects.toThrow(RangeError);
  });

  test("of a process that is killed in the middle are gone on with behind its last step", async () => {
    const child = await migrateElsewhere(49);
    child.kill("SIGKILL");
    await once(child, "exit");
    const [left] = await new MigrationLog(store).list();
    expect(left).toMatchObject({ done: 50, cursor: 49 });
    expect(left).not.toHaveProperty("finishedAt");

    const steps: number[] = [];
    const progress: MigrationProgress[] = [];
    await run([joinNames({}, (after) => void steps.push(after))], {
      onProgress: (each) => progress.push(each),
    });
    expect(steps).toEqual([49, 59, 69, 79, 89]);
    expect(progress.at(0)).toMatchObject({ done: 60, total: PEOPLE_COUNT });
    expect(progress.at(-1)).toMatchObject({ done: 95, total: PEOPLE_COUNT });
    await expectMigrated();
  });

  test("started by ten at once are made once, by one; the others wait for it", async () => {
    let waited = 0;
    const steps: number[] = [];
    const ended = await Promise.all(
      Array.from({ length: 10 }, () =>
        run([joinNames({}, (after) => void steps.push(after))], { onWaiting: () => waited++ }),
      ),
    );
    expect(ended.flat()).toEqual(["0001-join-names"]);
    expect(steps).toEqual([-1, 9, 19, 29, 39, 49, 59, 69, 79, 89]);
    expect(waited).toBeGreaterThan(0);
    await expectMigrated();
  });

  test("are not taken from a process that lives, however long one step takes it", async () => {
    await migrateElsewhere(29);
    const [before] = await new MigrationLog(store).list();
    // Twice the lease of that process.
    const signal = AbortSignal.timeout(3_000);
    let waited = 0;
    await expect(run([joinNames()], { signal, onWaiting: () => waited++ })).rejects.toThrow();
    expect(waited).toBe(1);
    expect(await new MigrationLog(store).list()).toEqual([before]);
  });

  test("of a process that stood still past its lease: another makes them, and what it notes afterwards is not taken", async () => {
    const child = await migrateElsewhere(39);
    child.kill("SIGSTOP");
    expect(await run([joinNames()])).toEqual(["0001-join-names"]);
    const noted = await new MigrationLog(store).list();
    const exited = once(child, "exit");
    child.kill("SIGCONT");
    child.kill("SIGUSR2");
    expect(await exited).toEqual([0, null]);
    expect(await new MigrationLog(store).list()).toEqual(noted);
    await expectMigrated();
  });

  test("one whose step fails stays where it is, and the right to go on is given back at once", async () => {
    const failing = joinNames({}, (after) => {
      if (after === 19) throw new Error("the database is away");
    });
    await expect(run([failing])).rejects.toThrow("the database is away");
    let waited = 0;
    expect(await run([joinNames()], { onWaiting: () => waited++ })).toEqual(["0001-join-names"]);
    expect(waited).toBe(0);
    await expectMigrated();
  });
});

describe("a service", () => {
  test("waits while migrations of its release are missing, told which and how far they are", async () => {
    await expect(assertMigrated(store, [joinNames()])).rejects.toThrow(
      /lacks migrations of this release: 0001-join-names \(not begun\).*npm run migrate/,
    );
    const child = await migrateElsewhere(49);
    const missing = assertMigrated(store, [joinNames()]);
    await expect(missing).rejects.toThrow("50 of 95 documents");
    await expect(missing).rejects.toBeInstanceOf(MigrationsMissingError);
    // Without a remedy: who starts waits for it.
    await expect(missing).rejects.not.toHaveProperty("remedy");
    child.kill("SIGKILL");
    await once(child, "exit");
    await run([joinNames()]);
    await assertMigrated(store, [joinNames()]);
  });

  test("of a former release works on a newer database that says it may, and is refused with a remedy by one that does not", async () => {
    const compatible = joinNames({ id: "0001-a", release: "0.2.0", oldestRelease: "0.1.0" });
    await run([compatible]);
    // Rolled back to 0.1.0, which has none.
    await assertMigrated(store, [], "0.1.0");
    expect(await run([], { release: "0.1.0" })).toEqual([]);

    const breaking = joinNames({ id: "0002-b", release: "0.3.0", oldestRelease: "0.2.0" });
    await run([compatible, breaking]);
    await assertMigrated(store, [compatible], "0.2.0");
    for (const refused of [
      assertMigrated(store, [], "0.1.0"),
      run([], { release: "0.1.0" }),
      prepareDatabase(store, { migrations: [], release: "0.1.0" }),
    ]) {
      await expect(refused).rejects.toBeInstanceOf(StoreRefusal);
      await expect(refused).rejects.toMatchObject({
        message: expect.stringContaining("is of release 0.3.0 (migration 0002-b), and this is 0.1.0"),
        remedy: expect.stringContaining("run release 0.2.0 or later"),
      });
    }
  });

  test("of a former release is refused as soon as a migration that locks it out was begun", async () => {
    const failing = joinNames({ oldestRelease: "0.2.0" }, (after) => {
      if (after === 19) throw new Error("cut off");
    });
    await expect(run([failing])).rejects.toThrow("cut off");
    await expect(assertMigrated(store, [], "0.1.9")).rejects.toBeInstanceOf(StoreRefusal);
    await assertMigrated(store, [], "0.2.0");
  });
});

test("a database is prepared with all indexes, said collection by collection, and found prepared again", async () => {
  const said: [number, number][] = [];
  await prepareDatabase(store, { onIndexes: (made, of) => said.push([made, of]) });
  expect(said.at(-1)?.[0]).toBe(said.at(-1)?.[1]);
  expect(said).toHaveLength(said.at(-1)?.[1] ?? 0);
  const indexes = () => store.db.collection("webhooks").indexes();
  const made = await indexes();
  expect(made.map(({ name }) => name)).toContain("workspace");
  await prepareDatabase(store);
  expect(await indexes()).toEqual(made);
});
