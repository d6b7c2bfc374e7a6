import { describe, expect, test } from "@jest/globals";
import { hooklaneRecipe } from "./hooklane-recipe.js";
import { fill, parseRecipe, pick, splitAtEvent } from "./recipe.js";

describe("a recipe", () => {
  test("known names are filled in at any depth, unknown ones stay", () => {
    const filled = fill(
      { url: "{target}/x", list: [{ id: "{n}" }], event: "{event}", count: 3 },
      {
        target: "http://127.0.0.1:1",
        n: "7",
      },
    );
    expect(filled).toEqual({ url: "http://127.0.0.1:1/x", list: [{ id: "7" }], event: "{event}", count: 3 });
  });

  test("a value is picked out of an answer by its path", () => {
    expect(pick({ data: { id: 12 } }, "data.id")).toBe("12");
  });

  test("an answer without the value is refused, naming it", () => {
    expect(() => pick({ data: null }, "data.id")).toThrow("The answer has no data.id");
  });

  test("the event goes in as JSON, not as a text", () => {
    const [before, after] = splitAtEvent({ eventType: "a", payload: "{event}" });
    expect(JSON.parse(`${before}{"seq":1}${after}`)).toEqual({ eventType: "a", payload: { seq: 1 } });
  });

  test("one that publishes no event is refused", () => {
    const recipe = { name: "x", perEndpoint: [], publish: { url: "{publish}", body: {} } };
    expect(() => parseRecipe(JSON.stringify(recipe))).toThrow("{event}");
  });

  test("that of Hooklane is one like any other", () => {
    expect(parseRecipe(JSON.stringify(hooklaneRecipe))).toEqual(hooklaneRecipe);
  });
});
