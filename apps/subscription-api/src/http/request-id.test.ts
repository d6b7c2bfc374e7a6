import { expect, test } from "@jest/globals";
import { toRequestId } from "./request-id.js";

test("a caller's id is kept, and one that could break a log line is not", () => {
  expect(toRequestId("7f1c-a.b:c_9")).toBe("7f1c-a.b:c_9");
  for (const given of [undefined, "", "a b", "a\nb", 'a"b', "é", "x".repeat(129)]) {
    expect(toRequestId(given)).toMatch(/^[0-9a-f-]{36}$/);
  }
});
