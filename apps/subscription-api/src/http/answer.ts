import type { ServerResponse } from "node:http";
import {
  type FieldError,
  type Problem,
  PROBLEM_CONTENT_TYPE,
  type ProblemCode,
  toProblem,
} from "@hooklane/contracts";
import type { ArrivalOrder } from "../journeys/arrival-order.js";
import type { ContactId } from "@hooklane/core";
import type { TestOrder } from "../test-events/test-order.js";
import type { ControlPayload, PlanScope, ResendOrder } from "@hooklane/store";

/**
 * An answer as data; one place writes it. What has to happen outside of the database stands in it and is brought about
 * after the call's changes are committed, at every repeat with its `Idempotency-Key` too: the first caller may have died
 * before that.
 */
export interface Answer {
  readonly status: number;
  /** Undefined: no content. */
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Answered only once the broker has them: the changes' places in the line (architecture.md §1.5). */
  readonly controls?: readonly ControlPayload[];
  /** Answered only once the broker has every event that waits for these contacts (product.md W6b). */
  readonly contactEvents?: readonly ContactId[];
  /** Answered only once the webhooks follow the plan that was changed. */
  readonly followUp?: PlanScope;
  /** Answered only once the broker has them. */
  readonly resends?: readonly ResendOrder[];
  /** Answered only once the broker has it. */
  readonly arrival?: ArrivalOrder;
  /** Answered with what became of it. */
  readonly test?: TestOrder;
  /** Takes the response over once its head is out, and ends it some day; instead of a body. */
  readonly stream?: (response: ServerResponse) => void;
}

export type Headers = Readonly<Record<string, string>>;

const JSON_TYPE: Headers = { "content-type": "application/json; charset=utf-8" };

export const ok = (body: unknown, headers: Headers = {}): Answer => ({
  status: 200,
  body,
  headers: { ...JSON_TYPE, ...headers },
});

export const created = (body: unknown, headers: Headers = {}): Answer => ({
  status: 201,
  body,
  headers: { ...JSON_TYPE, ...headers },
});

export const acceptedAnswer = (body: unknown): Answer => ({ status: 202, body, headers: { ...JSON_TYPE } });

/** What became of the test is its body. */
export const toTestAnswer = (test: TestOrder): Answer => ({ status: 200, headers: { ...JSON_TYPE }, test });

export const noContent = (): Answer => ({ status: 204, headers: {} });

/** An expected refusal. `detail` is read by clients: nothing of our inside. */
export function refusal(
  code: ProblemCode,
  detail: string,
  more: { readonly errors?: readonly FieldError[]; readonly headers?: Headers } = {},
): Answer {
  const body: Problem = toProblem(code, detail, more.errors);
  return { status: body.status, body, headers: { "content-type": PROBLEM_CONTENT_TYPE, ...more.headers } };
}

/** 422 with what is wrong, field by field. */
export const invalid = (errors: readonly FieldError[]): Answer =>
  refusal(
    "validation_failed",
    `${errors.length} ${errors.length === 1 ? "field is" : "fields are"} not right.`,
    {
      errors,
    },
  );

export const notFound = (what: string): Answer => refusal("not_found", `There is no such ${what}.`);

export const moved = (what: string, version: number): Answer =>
  refusal("precondition_failed", `The ${what} changed since it was read: it is at version ${version} now.`, {
    headers: { etag: toEtag(version) },
  });

/** Entity tag of a version. */
export const toEtag = (version: number): string => `"${version}"`;
