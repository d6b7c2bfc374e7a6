import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { IdempotencyStore } from "@hooklane/store";
import { type ControlPayload, newResendJob, resendOrder } from "@hooklane/store";
import { z } from "zod";
import { type Answer, invalid, refusal } from "./answer.js";
import type { Caller } from "./authentication.js";
import { openText, sealText } from "./sealed-text.js";

const KEY = /^[\x20-\x7e]{1,255}$/;

/** How long a call waits for the same call that is being answered, and how often it looks. */
const WAIT_MS = 10_000;
const LOOK_MS = 50;

const keptAnswer = z.object({
  body: z.unknown().optional(),
  control: z.custom<ControlPayload>((value) => typeof value === "object" && value !== null).optional(),
  resends: z.array(resendOrder).optional(),
  job: newResendJob.optional(),
});

export interface IdempotentRequest {
  readonly caller: Caller;
  /** As sent, or undefined: then the call is made as it is. */
  readonly key: string | undefined;
  /** All that makes it the same request: method, path, query, body. */
  readonly request: string;
}

/** Makes writes with an `Idempotency-Key` happen once in 24 h and answers repeats alike (api.md §2). */
export class Idempotency {
  readonly #store: IdempotencyStore;
  readonly #now: () => Date;

  constructor(store: IdempotencyStore, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** Answers of success are kept; a call that was refused or failed had no effect and may be made again. */
  async run({ caller, key, request }: IdempotentRequest, call: () => Promise<Answer>): Promise<Answer> {
    if (key === undefined) return call();
    if (!KEY.test(key)) {
      return invalid([
        { path: "Idempotency-Key", code: "invalid_format", message: "must be 1 to 255 visible characters" },
      ]);
    }
    const owner = caller.kind === "operator" ? "operator" : caller.workspaceId;
    const claim = randomUUID();
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const claimed = await this.#store.claim(owner, key, request, claim, this.#now());
      switch (claimed.kind) {
        case "claimed": {
          const answer = await this.#callAndKeep({ owner, key, claim, secret: caller.key }, call);
          if (answer) return answer;
          // It took so long that another call was made in its place: that one's answer counts, for both.
          continue;
        }
        case "answered":
          return unseal(claimed.answer, caller.key);
        case "conflict":
          return refusal("idempotency_conflict", "The Idempotency-Key was used with another request.");
        case "in_progress":
          if (Date.now() < end) {
            await sleep(LOOK_MS);
            continue;
          }
          return refusal("idempotency_conflict", "The same request is still being answered.", {
            headers: { "retry-after": "1" },
          });
      }
    }
  }

  async #callAndKeep(
    held: { owner: string; key: string; claim: string; secret: string },
    call: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const { owner, key, claim, secret } = held;
    let answer: Answer;
    try {
      answer = await call();
    } catch (error) {
      await this.#store.release(owner, key, claim);
      throw error;
    }
    if (answer.status >= 400) {
      await this.#store.release(owner, key, claim);
      return answer;
    }
    return (await this.#store.answer(owner, key, claim, seal(answer, secret))) ? answer : undefined;
  }
}

function seal({ status, headers, body, control, resends, job }: Answer, key: string) {
  return { status, headers, body: sealText(JSON.stringify({ body, control, resends, job }), key) };
}

function unseal(kept: { status: number; headers: Answer["headers"]; body: string }, key: string): Answer {
  try {
    const { body, control, resends, job } = keptAnswer.parse(JSON.parse(openText(kept.body, key)));
    // All are brought about again: the first caller may have died before that. Repeats change nothing.
    return {
      status: kept.status,
      headers: kept.headers,
      body,
      ...(control && { control }),
      ...(resends && { resends }),
      ...(job && { job }),
    };
  } catch {
    return refusal("idempotency_conflict", "The Idempotency-Key was used with another API key.");
  }
}
