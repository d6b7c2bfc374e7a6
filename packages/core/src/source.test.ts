import { describe, expect, test } from "@jest/globals";
import { isSuppressed, passesSourceFilter, toSourceBox } from "./source.js";
import { EVENT_SOURCES, SOURCE_BOXES } from "./vocabulary.js";

describe("source boxes (W3)", () => {
  test("an import counts as admin, automation and system as API", () => {
    expect(Object.fromEntries(EVENT_SOURCES.map((source) => [source, toSourceBox(source)]))).toEqual({
      subscriber: "subscriber",
      admin: "admin",
      api: "api",
      import: "admin",
      automation: "api",
      system: "api",
    });
  });

  test("all three boxes let through what no filter lets through", () => {
    for (const source of EVENT_SOURCES) {
      expect(passesSourceFilter(undefined, source)).toBe(true);
      expect(passesSourceFilter(SOURCE_BOXES, source)).toBe(true);
    }
  });

  test("a box that is not ticked holds its sources back", () => {
    expect(passesSourceFilter(["subscriber", "api"], "import")).toBe(false);
    expect(passesSourceFilter(["admin"], "import")).toBe(true);
    expect(passesSourceFilter(["admin"], "system")).toBe(false);
  });
});

describe("suppressed sources (W2)", () => {
  test("only the listed sources are suppressed", () => {
    expect(isSuppressed(["import"], "import")).toBe(true);
    expect(isSuppressed(["import"], "admin")).toBe(false);
    expect(isSuppressed(undefined, "import")).toBe(false);
  });
});
