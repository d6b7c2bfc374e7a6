import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { play } from "./play.js";

const SEEDS = 100;

/** Other seeds for every state of the code, and the same for the same one. */
function firstSeed(): number {
  const hash = createHash("sha256");
  const source = join(import.meta.dirname, "../..");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  for (const file of files.sort()) hash.update(readFileSync(join(source, file)));
  return 10_000 + (hash.digest().readUInt32BE(0) % 1_000_000) * 1_000;
}

describe("the delivery protocol in virtual time, on seeds that change with the code", () => {
  const first = firstSeed();

  test(`every invariant of lanes.md §9 holds over ${SEEDS} runs from seed ${first}`, () => {
    const broken: string[] = [];
    for (let seed = first; seed < first + SEEDS; seed++) {
      const played = play(seed);
      if (played.broken === undefined) continue;
      broken.push(`seed ${seed}: ${played.broken.detail} (npm run simulate -- --seed ${seed} --trace)`);
    }
    expect(broken).toEqual([]);
  }, 300_000);
});
