import { expect, test } from "@jest/globals";
import { followCommand, JOURNEY_COMMANDS, JOURNEY_STATUSES } from "./journey-status.js";

test("a draft is started, an active journey paused, a paused one resumed, and nothing else", () => {
  const table = JOURNEY_STATUSES.flatMap((status) =>
    JOURNEY_COMMANDS.map((command) => {
      const next = followCommand(status, command);
      return `${status} ${command}: ${next.kind === "changed" ? next.status : next.kind}`;
    }),
  );
  expect(table).toEqual([
    "draft start: active",
    "draft pause: refused",
    "draft resume: refused",
    "active start: unchanged",
    "active pause: paused",
    "active resume: unchanged",
    "paused start: refused",
    "paused pause: unchanged",
    "paused resume: active",
  ]);
});
