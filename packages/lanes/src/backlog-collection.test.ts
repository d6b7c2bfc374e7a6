import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, EngineHarness } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

const collected = () => engine.all("collect").flatMap(({ deletions }) => deletions);

describe("deliveries are deleted from the backlog", () => {
  test("up to the cursor of a checkpoint that was acknowledged, not further", () => {
    engine.draining("a", 4);
    const checkpoint = engine.lanes.checkpoint();
    engine.answerRead();
    engine.deliver();
    expect(collected()).toEqual([]);
    engine.lanes.onStored(checkpoint, engine.now);
    expect(collected()).toEqual([{ endpointId: "ep_a", upTo: at(0) }]);
  });

  test("of a lane that is live again when a checkpoint without it has passed all of it", () => {
    engine.draining("a", 3);
    const whileDraining = engine.lanes.checkpoint();
    engine.runOut();
    engine.lanes.onStored(whileDraining, engine.now);
    expect(collected()).toEqual([]);
    engine.store();
    expect(collected()).toEqual([{ endpointId: "ep_a", upTo: at(2) }]);
    engine.store();
    expect(collected()).toEqual([]);
  });

  test("by its cursor again when it has left the live path again", () => {
    engine.draining("a", 3);
    engine.runOut();
    engine.take("a");
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.store();
    expect(collected()).toEqual([{ endpointId: "ep_a", upTo: at(2) }]);
  });
});
