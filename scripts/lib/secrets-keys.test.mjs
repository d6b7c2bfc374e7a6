import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretKeys } from "@hooklane/service";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { addSecretsKey, findSecretsKeys, readSecretsKeys, removeSecretsKeys } from "./secrets-keys.mjs";

let dir;
let file;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "secrets-keys-"));
  file = join(dir, "state", "secrets-keys");
});

afterEach(() => rmSync(dir, { recursive: true }));

const idsOf = (text) => secretKeys.parse(text).map(({ id }) => id);

describe("the keys of a local start", () => {
  test("are made once, as services take them, and only the owner may read them", () => {
    expect(findSecretsKeys({}, file)).toBeUndefined();
    const made = readSecretsKeys({}, file);
    expect(idsOf(made)).toHaveLength(1);
    expect(readSecretsKeys({}, file)).toBe(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("are those of the environment where it has some; nothing is kept then", () => {
    expect(readSecretsKeys({ HOOKLANE_SECRETS_KEYS: "given" }, file)).toBe("given");
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });

  test("are rotated: a new one writes, the old one reads until it is taken out", () => {
    const [old] = idsOf(readSecretsKeys({}, file));
    const added = addSecretsKey(file);
    expect(idsOf(readSecretsKeys({}, file))).toEqual([added, old]);
    removeSecretsKeys(file, [old, added]);
    expect(idsOf(readSecretsKeys({}, file))).toEqual([added]);
  });
});
