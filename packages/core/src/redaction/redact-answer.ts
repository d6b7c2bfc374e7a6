import { listRedactedValues, redact } from "./redact.js";
import { redactText } from "./redact-text.js";

/**
 * Takes what is not to be kept of some events out of the answer they got. An answer that is JSON is read: fields of the
 * same names as in the events, or as in their data, are replaced whatever their values. Values are taken out of all of
 * them, see {@link redactText}.
 *
 * @param datas `data` of the events that were sent
 * @param paths dotted, beginning with `data`
 */
export function redactAnswer(answer: string, datas: readonly unknown[], paths: readonly string[]): string {
  const values = new Set(datas.flatMap((data) => listRedactedValues(data, paths)));
  return redactText(redactFields(answer, paths), [...values]);
}

/** @returns the text as it is when it is no JSON, or has none of the fields */
function redactFields(text: string, paths: readonly string[]): string {
  const parsed = parseEcho(text);
  if (parsed === undefined) return text;
  // As an event, or a batch of them, would have them; and as its data alone would.
  const asEvents = redact(
    parsed,
    paths.map((path) => `data.${path}`),
  );
  const redacted = redact(asEvents, paths);
  return redacted === parsed ? text : JSON.stringify(redacted);
}

function parseEcho(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
