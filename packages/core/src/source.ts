import type { EventSource, SourceBox } from "./vocabulary.js";

/** The box an event's source belongs to (W3): an import is an admin's doing, automation and system are API. */
export function toSourceBox(source: EventSource): SourceBox {
  switch (source) {
    case "subscriber":
      return "subscriber";
    case "admin":
    case "import":
      return "admin";
    case "api":
    case "automation":
    case "system":
      return "api";
  }
}

/**
 * Whether a source filter lets an event through.
 *
 * @param boxes the ticked boxes; absent is no filter
 */
export function passesSourceFilter(boxes: readonly SourceBox[] | undefined, source: EventSource): boolean {
  return boxes === undefined || boxes.includes(toSourceBox(source));
}

/**
 * Whether an event is accepted and logged but never delivered (W2: an import does not fire `contact.subscribed`).
 *
 * @param suppressedSources of the event's type in the catalogue; absent is none
 */
export function isSuppressed(
  suppressedSources: readonly EventSource[] | undefined,
  source: EventSource,
): boolean {
  return suppressedSources?.includes(source) ?? false;
}
