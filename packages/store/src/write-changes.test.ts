import { expect, test } from "@jest/globals";
import { toFieldUpdate } from "./write-changes.js";

const at = (ms: number) => new Date(ms);

test("only what differs is written, and what is gone is taken away", () => {
  const before = { _id: "a", name: "old", at: at(1), tags: ["x"], headers: { a: "1" }, gone: true };
  const after = { _id: "a", name: "new", at: at(1), tags: ["x"], headers: { b: "2" } };
  expect(toFieldUpdate(before, after)).toEqual({
    $set: { name: "new", headers: { b: "2" } },
    $unset: { gone: "" },
  });
});

test("a field that is undefined is none", () => {
  expect(toFieldUpdate({ a: 1, b: 2 }, { a: 1, b: undefined, c: undefined })).toEqual({ $unset: { b: "" } });
});

test("what is equal is left alone, also where it is stored in another form", () => {
  expect(toFieldUpdate({ a: at(1), s: "plain" }, { a: at(1), s: "plain" }, { a: at(1), s: "sealed" })).toBe(
    undefined,
  );
  expect(toFieldUpdate({ s: "plain" }, { s: "other" }, { s: "sealed" })).toEqual({ $set: { s: "sealed" } });
});
