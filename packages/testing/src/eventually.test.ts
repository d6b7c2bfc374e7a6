import { describe, expect, test } from "@jest/globals";
import { eventually } from "./eventually.js";

describe("eventually", () => {
  test("gives what the look found, also after looks that threw or found nothing", async () => {
    const looks = [undefined, false, new Error("not yet"), 0];
    const found = await eventually(
      () => {
        const next = looks.shift();
        if (next instanceof Error) throw next;
        return next;
      },
      { intervalMs: 1 },
    );
    expect(found).toBe(0);
  });

  test("names at the deadline what was awaited and why the last look failed", async () => {
    const look = () => Promise.reject(new Error("nobody home"));
    await expect(eventually(look, { deadlineMs: 5, intervalMs: 1, what: "an answer" })).rejects.toThrow(
      "an answer did not come about within 5 ms: nobody home",
    );
  });
});
