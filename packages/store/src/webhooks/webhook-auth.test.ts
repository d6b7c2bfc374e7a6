import { expect, test } from "@jest/globals";
import { webhookAuthParser } from "./webhook-auth.js";

const oauth2 = { type: "oauth2", tokenUrl: "https://idp.test/", clientId: "c", clientSecret: "s" };

test.each([
  // As it was stored when there was nothing else.
  { type: "basic", username: "u", password: "p" },
  { type: "bearer", token: "t" },
  oauth2,
  { ...oauth2, scope: "a b", audience: "x" },
])("%j is read as it was stored", (stored) => {
  expect(webhookAuthParser.parse(stored)).toEqual(stored);
});

test.each([{ type: "bearer", username: "u", password: "p" }, { type: "digest" }, {}])(
  "%j is none: the document is left out and said so",
  (stored) => expect(webhookAuthParser.safeParse(stored).success).toBe(false),
);
