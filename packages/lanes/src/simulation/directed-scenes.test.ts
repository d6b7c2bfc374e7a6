import { describe, expect, test } from "@jest/globals";
import { playScene, sceneNames } from "./directed-scenes.js";

describe("every invariant holds from a state that seeds seldom reach:", () => {
  test.each(sceneNames)("%s", (name) => {
    expect(playScene(name).broken).toBeUndefined();
  });
});
