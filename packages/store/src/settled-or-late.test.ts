import { expect, test } from "@jest/globals";
import { settledOrLate } from "./settled-or-late.js";

test("work is waited for until it ends, either way, and no longer than the limit", async () => {
  const hour = 3_600_000;
  await settledOrLate(Promise.resolve(1), hour);
  await settledOrLate(Promise.reject(new Error("refused")), hour);
  await expect(settledOrLate(new Promise(() => undefined), 20)).resolves.toBeUndefined();
});
