import type { AttemptEnd } from "../outcome.js";
import { REDACTED } from "./redact.js";
import { redactAnswer } from "./redact-answer.js";

/** What a result may carry (contracts, result-record). UTF-16 units. */
const HEAD_LENGTH_MAX = 1_024;
const DETAIL_LENGTH_MAX = 500;

/**
 * The end of an attempt whose texts do not repeat what a workspace does not have stored (product.md O1): a receiver may
 * echo what it got, and what went wrong may quote it.
 *
 * @param datas `data` of the events that were sent; undefined where it cannot be told: then nothing of a text is kept
 * @param paths dotted, beginning with `data`
 * @returns the same object when it has no text
 */
export function redactEnd(end: AttemptEnd, datas: readonly unknown[], paths: readonly string[]): AttemptEnd {
  const { outcome, responseHead } = end;
  const detail = outcome.kind === "failed" ? outcome.detail : undefined;
  if (paths.length === 0 || (!responseHead && detail === undefined)) return end;
  const clean = (text: string, lengthMax: number) =>
    datas.includes(undefined) ? REDACTED : redactAnswer(text, datas, paths).slice(0, lengthMax);
  return {
    ...end,
    ...(responseHead && { responseHead: clean(responseHead, HEAD_LENGTH_MAX) }),
    ...(outcome.kind === "failed" &&
      detail !== undefined && { outcome: { ...outcome, detail: clean(detail, DETAIL_LENGTH_MAX) } }),
  };
}
