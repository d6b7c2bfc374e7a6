import { expect, test } from "@jest/globals";
import { openText, sealText } from "./sealed-text.js";

test("a sealed text is opened with its key, and with no other", () => {
  const sealed = sealText("hl_live_secret é", "key", "idempotent answer");
  expect(openText(sealed, "key", "idempotent answer")).toBe("hl_live_secret é");
  expect(sealed).not.toContain("secret");
  expect(() => openText(sealed, "other", "idempotent answer")).toThrow();
});

test("the same text is sealed differently each time, and no byte of it can be changed", () => {
  const sealed = sealText("text", "key", "idempotent answer");
  expect(sealText("text", "key", "idempotent answer")).not.toBe(sealed);
  const bytes = Buffer.from(sealed, "base64");
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    expect(() => openText(changed.toString("base64"), "key", "idempotent answer")).toThrow();
  }
});
