import { describe, expect, test } from "@jest/globals";
import { redactText } from "./redact-text.js";

const MAIL = "ann.o'hara+shop@example.org";
const NAME = 'Zoë "Z" / Łuk';

describe("a text that repeats values", () => {
  test.each([
    ["as they are", `to ${MAIL}, ${MAIL}`, "to [redacted], [redacted]"],
    ["in capitals", `to ${MAIL.toUpperCase()}`, "to [redacted]"],
    ["in JSON", JSON.stringify({ name: NAME }), '{"name":"[redacted]"}'],
    ["in JSON without other letters than ASCII", '"Zo\\u00eb \\"Z\\" / \\u0141uk"', '"[redacted]"'],
    ["in JSON with escaped slashes", '"Zoë \\"Z\\" \\/ Łuk"', '"[redacted]"'],
    ["in a URL", `/?to=${encodeURIComponent(MAIL)}&n=1`, "/?to=[redacted]&n=1"],
    ["in a form", new URLSearchParams({ a: "1", n: "white space" }).toString(), "a=1&n=[redacted]"],
    ["next to each other", `${MAIL}${MAIL}x`, "[redacted]x"],
    ["cut off at its end", `{"to":"${MAIL.slice(0, 11)}`, '{"to":"[redacted]'],
  ])("%s is kept without them", (_, text, expected) => {
    expect(redactText(text, [MAIL, NAME, "white space"])).toBe(expected);
  });

  test("is kept as it is where it has none, or only what stands there by chance", () => {
    expect(redactText("accepted, yes: ann", [MAIL, "yes", ""])).toBe("accepted, yes: ann");
    expect(redactText("", [MAIL])).toBe("");
  });

  test("and one value within another leaves nothing of the longer one", () => {
    expect(redactText("x secretive secret", ["secret", "secretive"])).toBe("x [redacted] [redacted]");
  });

  test("is replaced as a whole when too many are to be looked for", () => {
    const values = Array.from({ length: 1_000 }, (_, n) => `value-${n}`);
    expect(redactText("harmless", values)).toBe("[redacted]");
  });

  test("is searched in bounded time, however long values are", () => {
    const values = Array.from({ length: 200 }, (_, n) => `${n}`.padStart(4, "0") + "ab".repeat(640));
    const started = performance.now();
    redactText("ab".repeat(512), values);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
