import { expect, test } from "@jest/globals";
import { toCampaignState } from "./campaign-state.js";

const NONE = { draft: 0, scheduled: 0, running: 0, completed: 0, cancelled: 0 };

test("a campaign is active while something is ahead of it, then what its touchpoints came to", () => {
  const of = (counts: Partial<typeof NONE>) =>
    toCampaignState({ touchpointStatuses: { ...NONE, ...counts } });
  expect(of({})).toBe("empty");
  expect(of({ draft: 1, completed: 1 })).toBe("draft");
  expect(of({ scheduled: 1, draft: 2 })).toBe("active");
  expect(of({ running: 1, completed: 2 })).toBe("active");
  expect(of({ completed: 1, cancelled: 3 })).toBe("completed");
  expect(of({ cancelled: 1 })).toBe("cancelled");
});
