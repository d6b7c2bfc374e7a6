import type { PlanEnforcer, PlanScope } from "@hooklane/store";
import type { ControlAnnouncer } from "../control/control-announcer.js";
import { type Answer, refusal } from "../http/answer.js";

export interface PlanFollowUpOptions {
  readonly enforcer: Pick<PlanEnforcer, "enforce">;
  readonly announcer: Pick<ControlAnnouncer, "announce">;
  readonly now: () => Date;
  /** How long a caller waits, milliseconds (default 10,000). */
  readonly limitMs?: number;
}

const LIMIT_MS = 10_000;

/**
 * Has webhooks follow a change of plan before it is answered, each at its place in the line. What does not fit into the
 * time is finished by the health-monitor, to which the change itself has promised it.
 */
export class PlanFollowUp {
  readonly #options: PlanFollowUpOptions;

  constructor(options: PlanFollowUpOptions) {
    this.#options = options;
  }

  /** @returns what to answer instead when the broker does not take the changes; undefined: all well */
  async run(scope: PlanScope): Promise<Answer | undefined> {
    const { enforcer, announcer, now, limitMs = LIMIT_MS } = this.#options;
    const end = now().getTime() + limitMs;
    const isOver = () => now().getTime() > end;
    for await (const control of enforcer.enforce(scope, { now, isOver })) {
      if (!(await announcer.announce([control]))) return notInLine();
    }
    return undefined;
  }
}

const notInLine = (): Answer =>
  refusal("unavailable", "The plan is stored; webhooks follow once the broker is back. Repeat the call.", {
    headers: { "retry-after": "5" },
  });
