import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { toEnvExample } from "@hooklane/service";
import { dispatcherConfig } from "./config.js";

test(".env.example names every variable as the schema has it", () => {
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  expect(example).toBe(toEnvExample("dispatcher", dispatcherConfig));
});
