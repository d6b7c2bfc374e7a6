import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { asContactId } from "@hooklane/core";
import {
  type ClaimedKey,
  type ControlPayload,
  type IdempotencyStore,
  type PlanScope,
  resendOrder,
} from "@hooklane/store";
import { z } from "zod";
import { type Answer, invalid, refusal } from "./answer.js";
import type { Caller } from "./authentication.js";
import { arrivalOrder } from "../journeys/arrival-order.js";
import { testOrder } from "../test-events/test-order.js";
import { openText, sealText } from "./sealed-text.js";

const KEY = /^[\x20-\x7e]{1,255}$/;

/** How long a call waits for the same call that is being answered, and how often it looks. */
const WAIT_MS = 10_000;
const LOOK_MS = 50;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

const keptAnswer = z.object({
  body: z.unknown().optional(),
  controls: z.array(z.custom<ControlPayload>(isObject)).exactOptional(),
  contactEvents: z.array(z.string().transform(asContactId)).exactOptional(),
  followUp: z.custom<PlanScope>(isObject).exactOptional(),
  resends: z.array(resendOrder).exactOptional(),
  arrival: arrivalOrder.exactOptional(),
  test: testOrder.exactOptional(),
});

export interface IdempotentRequest {
  readonly caller: Caller;
  /** As sent, or undefined: then the call is made as it is. */
  readonly key: string | undefined;
  /** All that makes it the same request: method, path, query, body. */
  readonly request: string;
}

/** Makes a call so that what it changes is stored together with the answer to its repeats, or not at all. */
export type Once = (call: () => Promise<Answer>) => Promise<Answer>;

/** Makes writes with an `Idempotency-Key` happen once in 24 h and answers repeats alike (api.md §2). */
export class Idempotency {
  readonly #store: IdempotencyStore;
  readonly #now: () => Date;

  constructor(store: IdempotencyStore, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * Answers of success are kept, in the transaction of what the call changes; a call that was refused or failed had no
   * effect and may be made again.
   *
   * @param call makes the call by what it is given, more than once if it must
   */
  async run(
    { caller, key, request }: IdempotentRequest,
    call: (once: Once) => Promise<Answer>,
  ): Promise<Answer> {
    if (key === undefined) return call((made) => made());
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
          const answer = await this.#callAndKeep({ owner, key, claim }, caller.key, call);
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
    claimed: ClaimedKey,
    secret: string,
    call: (once: Once) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      const answer = await call((made) => this.#once(claimed, secret, made));
      if (answer.status >= 400) await this.#store.release(claimed);
      return answer;
    } catch (error) {
      if (error instanceof ClaimLostError) return undefined;
      await this.#store.release(claimed);
      throw error;
    }
  }

  async #once(claimed: ClaimedKey, secret: string, call: () => Promise<Answer>): Promise<Answer> {
    const answer = await this.#store.answerOnce(claimed, async () => {
      const result = await call();
      return { result, answer: result.status >= 400 ? undefined : seal(result, secret) };
    });
    if (!answer) throw new ClaimLostError();
    return answer;
  }
}

/** Never seen outside: the call is answered as the one that took its key over. */
class ClaimLostError extends Error {}

function seal({ status, headers, stream: _, ...kept }: Answer, key: string) {
  return { status, headers, body: sealText(JSON.stringify(kept), key, "idempotent answer") };
}

function unseal(kept: { status: number; headers: Answer["headers"]; body: string }, key: string): Answer {
  try {
    // All is brought about again: the first caller may have died before that. Repeats change nothing.
    const { body, ...promised } = keptAnswer.parse(JSON.parse(openText(kept.body, key, "idempotent answer")));
    return { status: kept.status, headers: kept.headers, body, ...promised };
  } catch {
    return refusal("idempotency_conflict", "The Idempotency-Key was used with another API key.");
  }
}
