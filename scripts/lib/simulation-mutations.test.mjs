import { describe, expect, test } from "@jest/globals";
import { applyMutation } from "./simulation/apply-mutation.mjs";
import { MUTATIONS } from "./simulation/mutations/index.mjs";
import { readSources } from "./simulation/read-sources.mjs";

describe("npm run simulate -- --mutations", () => {
  test("every mutation fits the code as it is, once, and changes it", async () => {
    const sources = await readSources();
    for (const mutation of MUTATIONS) {
      const mutated = applyMutation(sources, mutation);
      for (const { file } of mutation.patches) expect(mutated.get(file)).not.toBe(sources.get(file));
    }
  });

  test("mutations have names of their own", () => {
    const names = MUTATIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("a patch that fits nowhere, or twice, is told by its mutation's name", () => {
    const sources = new Map([["a.ts", "one; two; one;"]]);
    const mutation = (from) => ({ name: "example", patches: [{ file: "a.ts", from, to: "" }] });
    expect(() => applyMutation(sources, mutation("three;"))).toThrow(/example.*0 places/);
    expect(() => applyMutation(sources, mutation("one;"))).toThrow(/example.*2 places/);
    expect(applyMutation(sources, mutation("two;")).get("a.ts")).toBe("one;  one;");
  });
});
