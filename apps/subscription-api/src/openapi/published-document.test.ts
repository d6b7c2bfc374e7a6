import { readFileSync } from "node:fs";
import { loadConfig } from "@hooklane/service";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { expect, test } from "@jest/globals";
import { describeApi } from "../app.js";
import { subscriptionApiConfig } from "../config.js";

const published = new URL("../../../../packages/client/openapi.json", import.meta.url);

/** The parts of a document, by name: a call, a schema or one of the rest. */
function toParts({ paths, components, ...rest }: ReturnType<typeof describeApi>): Map<string, string> {
  const calls = Object.entries(paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) => [`${method} ${path}`, operation as unknown] as const,
    ),
  );
  const schemas = Object.entries(components?.schemas ?? {});
  const parts = [...calls, ...schemas, ...Object.entries(rest)];
  return new Map(parts.map(([name, part]) => [name, JSON.stringify(part)]));
}

test("the client's openapi.json is the API as it is; `npm run generate` makes it so", () => {
  const config = loadConfig(subscriptionApiConfig, {
    KAFKA_BROKERS: "127.0.0.1:9",
    MONGODB_URI: "mongodb://127.0.0.1:9",
    OPERATOR_KEY: "operator-key-of-the-tests",
    HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
  });
  const served = toParts(describeApi(config));
  const kept = toParts(JSON.parse(readFileSync(published, "utf8")) as ReturnType<typeof describeApi>);
  const names = [...new Set([...served.keys(), ...kept.keys()])];
  const stale = names.filter((name) => served.get(name) !== kept.get(name));
  expect(stale).toEqual([]);
});
