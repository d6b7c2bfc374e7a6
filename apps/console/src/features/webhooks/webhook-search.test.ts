import { describe, expect, test } from "@jest/globals";
import { readWebhookSearch } from "./webhook-search.js";

describe("what the address of the list asks for", () => {
  test.each([
    [{}, {}],
    [
      { search: "shop", status: "active" },
      { search: "shop", status: "active" },
    ],
    [{ search: 42, status: "lost" }, { search: "42" }],
    [{ search: "", status: "" }, {}],
    [{ search: { a: 1 }, status: ["active"] }, {}],
  ])("%j is read as %j", (raw, expected) => {
    expect(readWebhookSearch(raw)).toEqual(expected);
  });
});
