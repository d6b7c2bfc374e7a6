import type { WebhookId } from "@hooklane/core";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type Answer, refusal } from "../http/answer.js";

/** One test a webhook and second: what a person asks for, and no way to send to somebody at will. In this process. */
export class TestLimit {
  readonly #limiter = new RateLimiterMemory({ points: 1, duration: 1 });

  /** @returns the refusal of one too many */
  async take(webhookId: WebhookId): Promise<Answer | undefined> {
    try {
      await this.#limiter.consume(webhookId);
      return undefined;
    } catch (error) {
      // What it throws beside errors is an answer: that there is no room.
      if (!(error instanceof RateLimiterRes)) throw error;
      return refusal("rate_limited", "A webhook is tested once a second; come again in 1 s.", {
        headers: { "retry-after": "1" },
      });
    }
  }
}
