import { type ApiKeyId, asApiKeyId } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { KeyUseRecorder } from "./key-use-recorder.js";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const at = (second: number) => new Date(Date.UTC(2026, 0, 15, 10, 0, second));

function recorder(answer: () => Promise<void> = () => Promise.resolve()) {
  const noted: [ApiKeyId, Date][] = [];
  const noteUse = (id: ApiKeyId, when: Date) => {
    noted.push([id, when]);
    return answer();
  };
  return { uses: new KeyUseRecorder({ noteUse }, silent), noted };
}

describe("the last use of a key", () => {
  test("is noted at most once a minute, for each key", () => {
    const { uses, noted } = recorder();
    for (const second of [0, 1, 59]) uses.note(asApiKeyId("key_1"), at(second));
    uses.note(asApiKeyId("key_2"), at(2));
    uses.note(asApiKeyId("key_1"), at(60));
    expect(noted).toEqual([
      ["key_1", at(0)],
      ["key_2", at(2)],
      ["key_1", at(60)],
    ]);
  });

  test("that could not be noted is noted with the next one", async () => {
    const { uses, noted } = recorder(() => Promise.reject(new Error("away")));
    uses.note(asApiKeyId("key_1"), at(0));
    await new Promise((resolve) => setImmediate(resolve));
    uses.note(asApiKeyId("key_1"), at(1));
    expect(noted).toHaveLength(2);
  });

  test("does not wait for the database", () => {
    const { uses, noted } = recorder(() => new Promise(() => undefined));
    uses.note(asApiKeyId("key_1"), at(0));
    uses.note(asApiKeyId("key_2"), at(0));
    expect(noted).toHaveLength(2);
  });
});
