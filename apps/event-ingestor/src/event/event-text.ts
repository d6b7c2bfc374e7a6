import { type JsonFault, JsonScanner } from "./json-scanner.js";

/** Objects and arrays of an event may stand in each other this deep, the event itself counted. */
export const EVENT_DEPTH_MAX = 64;

/** What an event's JSON text tells beside its value. */
export interface EventText {
  /** The first fault in it; its path is relative to the event. */
  readonly fault: JsonFault | undefined;
  /**
   * The text of `data`, where writing it anew would change a number; otherwise undefined, and `data` is written anew
   * without whitespace.
   */
  readonly dataText: string | undefined;
}

/** @param text valid JSON */
export function inspectEvent(text: string): EventText {
  return inspectNext(new JsonScanner(text, EVENT_DEPTH_MAX - 1));
}

/**
 * The same for each event of a batch, by index.
 *
 * @param text valid JSON; its value has the batch's frame, or at least is an object
 * @returns also a member of the frame that stands twice
 */
export function inspectBatch(text: string): {
  readonly repeated: string | undefined;
  readonly events: readonly EventText[];
} {
  const scanner = new JsonScanner(text, EVENT_DEPTH_MAX - 1);
  const events: EventText[] = [];
  if (!scanner.isNext("{")) return { repeated: undefined, events };
  const repeated = scanner.object((name) => {
    if (name === "events" && scanner.isNext("[")) scanner.array(() => events.push(inspectNext(scanner)));
    else scanner.value();
  });
  return { repeated, events };
}

function inspectNext(scanner: JsonScanner): EventText {
  if (!scanner.isNext("{")) return { fault: scanner.value().fault, dataText: undefined };
  let fault: JsonFault | undefined;
  let dataText: string | undefined;
  const repeated = scanner.object((name) => {
    const member = scanner.value();
    if (member.fault) fault ??= { ...member.fault, path: [name, ...member.fault.path] };
    if (name === "data") dataText = member.hasLongNumber ? member.text : undefined;
  });
  if (repeated !== undefined) fault = { kind: "duplicate", path: [repeated] };
  return { fault, dataText };
}
