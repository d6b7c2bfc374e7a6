import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { describeConfig } from "./describe-config.js";
import { loadConfig } from "./load-config.js";
import { secretKeys } from "./secret-keys.js";

const schema = z.object({ HOOKLANE_SECRETS_KEYS: secretKeys });
const base64 = (byte: number, length = 32) => Buffer.alloc(length, byte).toString("base64");
const load = (text: string | undefined) => loadConfig(schema, { HOOKLANE_SECRETS_KEYS: text });

describe("HOOKLANE_SECRETS_KEYS", () => {
  test("is a list of keys in the order given", () => {
    const { HOOKLANE_SECRETS_KEYS: keys } = load(`2026-11:${base64(1)}, old_1:${base64(2)}`);
    expect(keys.map(({ id, key }) => [id, key.export().toString("base64")])).toEqual([
      ["2026-11", base64(1)],
      ["old_1", base64(2)],
    ]);
  });

  test("that is not set is said in one line, with how to make one", () => {
    expect(() => load(undefined)).toThrow(
      /^1 bad configuration variable\n {2}HOOKLANE_SECRETS_KEYS is not set; .*openssl rand -base64 32.*$/,
    );
  });

  test.each([
    [",", "names no key"],
    [base64(1), "entry 1 is not"],
    [`k1:${base64(1)},k2:${base64(1, 31)}`, "entry 2 is not"],
    [`k1:${base64(1, 33)}`, "entry 1 is not"],
    [`k 1:${base64(1)}`, "entry 1 is not"],
    [`k1:${base64(1).slice(0, -1)}!`, "entry 1 is not"],
    [`k1:${base64(1)},k1:${base64(2)}`, "the id k1 stands twice"],
  ])("is refused without showing it: %#", (text, fault) => {
    const refuse = () => load(text);
    expect(refuse).toThrow(fault);
    expect(refuse).not.toThrow(base64(1).slice(0, 20));
  });

  test("shows nothing of a key, neither in the described configuration nor in what is logged", () => {
    const config = load(`k1:${base64(1)}`);
    expect(describeConfig(schema, config)).toEqual({ HOOKLANE_SECRETS_KEYSConfigured: true });
    expect(JSON.stringify(config)).not.toContain(base64(1).slice(0, 20));
  });
});
