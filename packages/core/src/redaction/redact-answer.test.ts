import { expect, test } from "@jest/globals";
import { redactAnswer } from "./redact-answer.js";

const paths = ["data.contact.email", "data.pin"];
const data = { contact: { email: "ann@example.org" }, pin: 17, id: 5 };

test.each([
  ["an event", JSON.stringify({ id: "e", data })],
  [
    "a batch",
    JSON.stringify([
      { id: "e", data },
      { id: "f", data },
    ]),
  ],
  ["the data alone", JSON.stringify(data)],
  ["fields of one's own", JSON.stringify({ mail: "ann@example.org" })],
])("an answer that echoes %s is kept without the fields, short values too", (_, answer) => {
  const kept = redactAnswer(answer, [data], paths);
  expect(kept).not.toMatch(/ann@|"pin":17/);
  expect(kept).toContain("[redacted]");
});

test.each(['{"ok":true,"data":{"id":5}}', "thanks", "", '{"cut', '"ann"', "[1, 2]"])(
  "an answer that echoes nothing stays as it is: %s",
  (answer) => {
    expect(redactAnswer(answer, [data], paths)).toBe(answer);
  },
);
