import { HooklaneError } from "@hooklane/client";
import { expect, test } from "@jest/globals";
import { tellingPast } from "./telling-past.js";

test("a time the API finds to be over is told in the form's words, and other faults as they are", async () => {
  const tooLong = { path: "name", code: "too_long", message: "must have at most 200" } as const;
  const late = { path: "time", code: "too_small", message: "is in the past" } as const;
  const refused = new HooklaneError({
    code: "validation_failed",
    detail: "Wrong",
    status: 422,
    errors: [tooLong, late],
  });
  const failure = await tellingPast("is over", () => Promise.reject(refused)).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: "validation_failed",
    status: 422,
    errors: [tooLong, { path: "time", code: "invalid_value", message: "is over" }],
  });
  const fault = new TypeError("broken");
  await expect(tellingPast("is over", () => Promise.reject(fault))).rejects.toBe(fault);
});
