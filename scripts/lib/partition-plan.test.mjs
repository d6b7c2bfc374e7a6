import { describe, expect, test } from "@jest/globals";
import { describePlan, planTopic, readAddOptions } from "./partition-plan.mjs";

const standing = (partitions) => ({ topic: "hooklane.deliveries.v1", partitions, leaderless: [] });

describe("the options of add-partitions", () => {
  test("name one topic or both, in both ways of writing", () => {
    expect(readAddOptions(["--deliveries", "24", "--events=12"])).toEqual({
      wanted: { deliveries: 24, events: 12 },
      isDryRun: false,
    });
    expect(readAddOptions(["--dry-run", "--events", "8"])).toEqual({ wanted: { events: 8 }, isDryRun: true });
  });

  test.each([
    [[], "say how many partitions"],
    [["--dry-run"], "say how many partitions"],
    [["--attempts", "8"], "--attempts is not one of --deliveries, --events, --dry-run"],
    [["--deliveries"], "--deliveries must be a whole number from 1 to 1024; it is undefined"],
    [["--deliveries", "--dry-run"], 'it is "--dry-run"'],
    [["--deliveries", "0"], 'it is "0"'],
    [["--deliveries", "24x"], 'it is "24x"'],
    [["--deliveries", "1e2"], 'it is "1e2"'],
    [["--deliveries", "-8"], 'it is "-8"'],
    [["--deliveries", "2400"], 'it is "2400"'],
    [["--events", "8", "--events", "9"], "--events is given twice"],
  ])("%j is refused", (args, message) => {
    expect(() => readAddOptions(args)).toThrow(message);
  });
});

describe("the plan of add-partitions", () => {
  test("does everything where nothing was done", () => {
    const stored = { documents: 8, places: 8 };
    const plan = planTopic("deliveries", 24, standing(8), stored);
    expect(plan).toMatchObject({ addsPartitions: true, addsDocuments: true, addsPlaces: true });
    expect(describePlan(plan, stored)).toBe(
      "hooklane.deliveries.v1: partitions 8 → 24, documents for dispatchers 8 → 24, places for what is new 8 → 24",
    );
  });

  test("does the rest where a run was cut off", () => {
    expect(planTopic("deliveries", 24, standing(24), { documents: 8, places: 8 })).toMatchObject({
      addsPartitions: false,
      addsDocuments: true,
      addsPlaces: true,
    });
    expect(planTopic("deliveries", 24, standing(24), { documents: 24, places: 8 })).toMatchObject({
      addsDocuments: false,
      addsPlaces: true,
    });
  });

  test("does nothing where everything was done", () => {
    const stored = { documents: 24, places: 24 };
    const plan = planTopic("deliveries", 24, standing(24), stored);
    expect(plan).toMatchObject({ addsPartitions: false, addsDocuments: false, addsPlaces: false });
    expect(describePlan(plan, stored)).toBe("hooklane.deliveries.v1: all 24 partitions are there");
  });

  test("events have no documents for dispatchers", () => {
    expect(planTopic("events", 12, standing(4), { places: 4 })).toMatchObject({
      addsPartitions: true,
      addsDocuments: false,
      addsPlaces: true,
    });
  });

  test("refuses to take away, and a topic that is not there", () => {
    expect(() => planTopic("deliveries", 4, standing(8), { documents: 8, places: 8 })).toThrow(
      "has 8 partitions, and Kafka cannot take any away",
    );
    expect(() => planTopic("deliveries", 24, undefined, { documents: 0, places: 0 })).toThrow(
      "there is no topic for deliveries",
    );
  });

  test("gives back what a topic made anew is lacking, and nothing less", () => {
    expect(planTopic("deliveries", 24, standing(8), { documents: 24, places: 24 })).toMatchObject({
      addsPartitions: true,
      addsDocuments: false,
      addsPlaces: false,
    });
    expect(() => planTopic("deliveries", 12, standing(8), { documents: 24, places: 24 })).toThrow(
      "Ask for 24 or more",
    );
  });
});
