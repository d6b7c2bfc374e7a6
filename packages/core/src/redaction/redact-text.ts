import { REDACTED } from "./redact.js";

/** Shorter values stand in texts by chance: `yes`, a country, a number of items. UTF-16 units. */
const REDACTED_LENGTH_MIN = 4;

/** So many values are looked for one by one; a text that may have any of more is replaced as a whole. */
const VALUES_MAX = 200;

/** Of a text: from its first unit to behind its last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Takes values out of a text of somebody else's that may repeat them: the answer of a receiver that echoes what it got.
 * They are found as they are, as JSON writes them, and as URLs and forms do, whatever the case of A to Z; also one that
 * is cut off by the end of the text. What else was made of them (a hash, another encoding) is not found.
 *
 * @param values those shorter than 4 characters are left
 */
export function redactText(text: string, values: readonly string[]): string {
  const wanted = values.filter((value) => value.length >= REDACTED_LENGTH_MIN);
  if (wanted.length === 0 || text === "") return text;
  if (wanted.length > VALUES_MAX) return REDACTED;
  const lower = toLower(text);
  const forms = new Set(wanted.flatMap(toForms));
  const spans = [...forms].flatMap((form) => [...findWhole(lower, form), ...findCutOff(lower, form)]);
  return replaceSpans(text, spans);
}

/** How one value may be written. */
function toForms(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value.replace(/\p{Cs}/gu, "\ufffd"));
  const escaped = json.replace(/[\u007f-\uffff]/g, toEscape);
  return [value, json, escaped, json.replaceAll("/", "\\/"), url, url.replaceAll("%20", "+")].map(toLower);
}

const toEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Of the same length: what is found in the one is found in the other at the same place. */
const toLower = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

function findWhole(text: string, form: string): readonly Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(form); from !== -1; from = text.indexOf(form, from + 1)) {
    spans.push({ from, to: from + form.length });
  }
  return spans;
}

/** The beginning of a value at the very end of the text, the longest there is. */
function findCutOff(text: string, form: string): readonly Span[] {
  const last = text.charCodeAt(text.length - 1);
  for (let length = Math.min(form.length - 1, text.length); length >= REDACTED_LENGTH_MIN; length--) {
    if (form.charCodeAt(length - 1) !== last || !text.endsWith(form.slice(0, length))) continue;
    return [{ from: text.length - length, to: text.length }];
  }
  return [];
}

/** Spans that touch or overlap are one. */
function replaceSpans(text: string, spans: readonly Span[]): string {
  const ordered = [...spans].sort((one, other) => one.from - other.from);
  let replaced = "";
  let at = 0;
  let end = -1;
  for (const { from, to } of ordered) {
    if (from > end) {
      replaced += text.slice(at, from) + REDACTED;
    }
    end = Math.max(end, to);
    at = end;
  }
  return replaced + text.slice(at);
}
