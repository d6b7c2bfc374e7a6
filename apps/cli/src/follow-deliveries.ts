import type { Delivery, Hooklane, StreamFilter } from "@hooklane/client";
import { toPrintable } from "./output/table.js";
import type { Session } from "./session.js";

/**
 * Prints deliveries as they change until Ctrl-C, over restarts of the API. What is said beside them: from when on they
 * are told, and when they are not.
 */
export async function followDeliveries(
  hooklane: Pick<Hooklane, "stream">,
  filter: StreamFilter,
  {
    terminal,
    signal,
    toLine,
  }: Pick<Session, "terminal" | "signal"> & { toLine: (delivery: Delivery) => string },
): Promise<void> {
  let said: "following" | "away" | undefined;
  const events = hooklane.stream(filter, {
    signal,
    onConnected: () => {
      if (said !== "following") terminal.say(said ? "Connected again." : "Following; Ctrl-C ends it.");
      said = "following";
    },
    onDisconnected: ({ error }) => {
      if (said !== "away") terminal.say(toPrintable(`Trying again: ${error?.detail ?? "the API stopped"}`));
      said = "away";
    },
  });
  for await (const event of events) {
    if (event.event === "delivery") terminal.print(toLine(event.data));
    if (event.event === "reset") {
      terminal.say("What happened meanwhile cannot be told here; `hooklane deliveries list` has it.");
    }
  }
}
