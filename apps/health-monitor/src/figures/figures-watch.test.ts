import { expect, test } from "@jest/globals";
import type { ErrorRule } from "@hooklane/core";
import { type Clock, createMetrics } from "@hooklane/service";
import { createFigureMetrics, observeFigures } from "./figure-metrics.js";
import { FiguresWatch, type FiguresWatchOptions } from "./figures-watch.js";

const rule: ErrorRule = { errorsMax: 5, windowMs: 60_000 };

/** A watch over these figures, a clock to turn, and what is scraped of it. */
function watchOver(over: Partial<FiguresWatchOptions["figures"]> = {}) {
  let now = 0;
  const clock: Clock = { now: () => now, wallNow: () => now };
  const metrics = createMetrics("test", { processMetrics: false });
  const watch = new FiguresWatch({
    figures: {
      errorUse: () => Promise.resolve({ highest: 29, some: 3, near: 1 }),
      webhooksByStatus: () => Promise.resolve(new Map([["active", 4] as const])),
      partitionUse: () => Promise.resolve({ all: 8, unowned: 2 }),
      databaseUse: () => Promise.resolve({ dataBytes: 10, diskUsedBytes: 70, diskBytes: 100 }),
      ...over,
    },
    store: { ping: () => Promise.resolve() },
    rule,
    metrics: createFigureMetrics(metrics),
    clock,
  });
  observeFigures(metrics, watch);
  return {
    watch,
    turn: (ms: number) => {
      now += ms;
    },
    read: async (sample: string) => {
      const line = (await metrics.registry.metrics())
        .split("\n")
        .find((each) => each.startsWith(`hooklane_${sample}`));
      return Number(line?.slice(line.lastIndexOf(" ")));
    },
  };
}

test("a look sets every gauge, and a status nobody has to 0", async () => {
  const { watch, read } = watchOver();
  await watch.sweep();
  expect(await read("rule_errors_highest")).toBe(29);
  expect(await read('rule_workspaces{errors="some"')).toBe(3);
  expect(await read('rule_workspaces{errors="near"')).toBe(1);
  expect(await read('webhooks{status="active"')).toBe(4);
  expect(await read('webhooks{status="auto_disabled"')).toBe(0);
  expect(await read("partitions_unowned")).toBe(2);
  expect(await read("mongodb_disk_used_bytes")).toBe(70);
});

test("the age grows while looking fails, so that old figures are not taken for new ones", async () => {
  let isAway = false;
  const { watch, turn, read } = watchOver({
    partitionUse: () =>
      isAway ? Promise.reject(new Error("no primary")) : Promise.resolve({ all: 8, unowned: 0 }),
  });
  turn(10_000);
  expect(await read("figures_age_seconds")).toBe(10);
  await watch.sweep();
  expect(await read("figures_age_seconds")).toBe(0);
  isAway = true;
  turn(61_000);
  await expect(watch.sweep()).rejects.toThrow("no primary");
  expect(await read("figures_age_seconds")).toBe(61);
  expect(await read("partitions_unowned")).toBe(0);
});

test("errors are counted by the rule that dispatchers have", async () => {
  const asked: ErrorRule[] = [];
  const { watch } = watchOver({
    errorUse: (by) => {
      asked.push(by);
      return Promise.resolve({ highest: 0, some: 0, near: 0 });
    },
  });
  await watch.sweep();
  expect(asked).toEqual([rule]);
});

test("webhooks are counted less often than the rest", async () => {
  let counted = 0;
  const { watch, turn } = watchOver({
    webhooksByStatus: () => {
      counted++;
      return Promise.resolve(new Map());
    },
  });
  for (let sweep = 0; sweep < 7; sweep++) {
    await watch.sweep();
    turn(5_000);
  }
  expect(counted).toBe(2);
});
