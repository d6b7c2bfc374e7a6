import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { CATALOGUE } from "./index.js";
import type { Messages } from "./messages.js";

const ROOT = new URL("../", import.meta.url);

/** Everything that shows texts, as it is written. */
const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("messages/"))
  .map((path) => readFileSync(new URL(path, ROOT), "utf8"))
  .join("\n");

/** By its name, without its form for a count, or by the beginning of a name that is put together: `why_${reason}`. */
function isShown(key: string): boolean {
  const name = key.replace(/_(?:zero|one|other)$/, "");
  return new RegExp(`["':]${name}["']`).test(sources) || sources.includes(`${name.split("_")[0] ?? ""}_\${`);
}

/** Shown by the API's code of what is wrong with a field. */
const { fields: _byCode, ...parts } = CATALOGUE;

test("every text of the catalogue is shown somewhere", () => {
  const keys = Object.entries<Messages>(parts).flatMap(([part, messages]) =>
    Object.keys(messages).map((key) => [part, key] as const),
  );
  expect(keys.filter(([, key]) => !isShown(key))).toEqual([]);
});
