/** product.md W4. Only an active journey's points send requests. */
export const JOURNEY_STATUSES = ["draft", "active", "paused"] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

/** What a user does with a whole journey. */
export const JOURNEY_COMMANDS = ["start", "pause", "resume"] as const;
export type JourneyCommand = (typeof JOURNEY_COMMANDS)[number];

/** What a command leads to; `refused`: the journey is where the command does not lead from. */
export type JourneyTransition =
  | { readonly kind: "changed"; readonly status: JourneyStatus }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused" };

const TRANSITIONS = {
  start: { from: "draft", to: "active" },
  pause: { from: "active", to: "paused" },
  resume: { from: "paused", to: "active" },
} as const satisfies Record<JourneyCommand, { from: JourneyStatus; to: JourneyStatus }>;

/** A command that was carried out already changes nothing: who asks again may be who asked first. */
export function followCommand(status: JourneyStatus, command: JourneyCommand): JourneyTransition {
  const { from, to } = TRANSITIONS[command];
  if (status === to) return { kind: "unchanged" };
  return status === from ? { kind: "changed", status: to } : { kind: "refused" };
}
