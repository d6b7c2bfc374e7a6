import type { ContactAnnouncer } from "../audiences/contact-announcer.js";
import type { ControlAnnouncer } from "../control/control-announcer.js";
import type { ArrivalProducer } from "../journeys/arrival-producer.js";
import type { PlanFollowUp } from "../plans/plan-follow-up.js";
import { eventExpired } from "../resends/resend-operations.js";
import type { ResendProducer } from "../resends/resend-producer.js";
import type { TestRunner } from "../test-events/test-runner.js";
import { type Answer, refusal } from "./answer.js";

/** Those who bring about what answers promise. */
export interface InLineOptions {
  readonly announcer: Pick<ControlAnnouncer, "announce">;
  readonly contactAnnouncer: Pick<ContactAnnouncer, "announce">;
  readonly planFollowUp: Pick<PlanFollowUp, "run">;
  readonly resendProducer: Pick<ResendProducer, "produce">;
  readonly arrivalProducer: Pick<ArrivalProducer, "produce">;
  readonly testRunner: Pick<TestRunner, "run">;
}

/**
 * Hands over once what the answer promises to stand in line stands there; of a test, what became of it. Called for a
 * repeat with its `Idempotency-Key`, too.
 */
export async function inLine(options: InLineOptions, answer: Answer): Promise<Answer> {
  const late = (await whyChangeIsLate(options, answer)) ?? (await whyEventIsLate(options, answer));
  if (late) return late;
  return answer.test ? options.testRunner.run(answer.test) : answer;
}

async function whyChangeIsLate(
  { announcer, contactAnnouncer, planFollowUp }: InLineOptions,
  { controls, contactEvents, followUp }: Answer,
): Promise<Answer | undefined> {
  if (controls && !(await announcer.announce(controls))) {
    return notInLine(
      "The change is stored; it takes effect once the broker is back. Read it, or repeat the call",
    );
  }
  if (contactEvents && !(await contactAnnouncer.announce(contactEvents))) {
    return notInLine(
      "The change is stored; webhooks are told once the broker is back. Read it, or repeat the call",
    );
  }
  return followUp && planFollowUp.run(followUp);
}

async function whyEventIsLate(
  { arrivalProducer, resendProducer }: InLineOptions,
  { arrival, resends }: Answer,
): Promise<Answer | undefined> {
  if (arrival && !(await arrivalProducer.produce(arrival))) {
    return notInLine(
      "The broker is away, and it is not known whether the arrival stands in line. Repeat the call",
    );
  }
  if (!resends) return undefined;
  switch (await resendProducer.produce(resends)) {
    case "produced":
      return undefined;
    case "expired":
      return eventExpired();
    case "late":
      return notInLine("The broker is away, and it is not known whether it will be resent. Repeat the call");
  }
}

const notInLine = (what: string): Answer =>
  refusal("unavailable", `${what} with its Idempotency-Key.`, { headers: { "retry-after": "5" } });
