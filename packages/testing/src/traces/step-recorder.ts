/** As `@hooklane/core` has it. */
interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** As `@hooklane/service` has it. */
interface StepOptions {
  readonly kind: string;
  readonly parent: TraceContext | undefined;
  readonly links?: readonly TraceContext[] | undefined;
  readonly startedAtMs?: number;
}

/** A step as it was recorded. */
export interface RecordedStep extends StepOptions {
  readonly name: string;
  readonly context: TraceContext;
  readonly noted: Record<string, string | number | boolean | undefined>;
  failure?: string;
  /** How often it was ended; once is right. */
  ends: number;
  endedAtMs?: number | undefined;
}

/**
 * The `Traces` of `@hooklane/service` for unit tests: keeps what is recorded, follows the parent's decision, and begins a
 * trace where it may.
 */
export class StepRecorder {
  readonly steps: RecordedStep[] = [];
  #ids = 0;

  begin(name: string, options: StepOptions) {
    const { parent } = options;
    if (parent?.traceparent.endsWith("-00")) return { context: parent, span: undefined };
    const spanId = (++this.#ids).toString(16).padStart(16, "0");
    const traceId = parent?.traceparent.split("-")[1] ?? spanId.padStart(32, "f");
    const context: TraceContext = {
      traceparent: `00-${traceId}-${spanId}-01`,
      ...(parent?.tracestate !== undefined && { tracestate: parent.tracestate }),
    };
    const step: RecordedStep = { ...options, name, context, noted: {}, ends: 0 };
    this.steps.push(step);
    return {
      context,
      span: {
        note: (attributes: Attributes) => {
          if (step.ends === 0) Object.assign(step.noted, attributes);
        },
        fail: (reason: string) => {
          step.failure = reason;
        },
        end: (atMs?: number) => {
          step.ends++;
          step.endedAtMs = atMs;
        },
      },
    };
  }

  /** @throws when there is not exactly one of that name */
  only(name: string): RecordedStep {
    const [step, ...more] = this.steps.filter((each) => each.name === name);
    if (step === undefined || more.length > 0)
      throw new Error(`${more.length + (step ? 1 : 0)} steps ${name}`);
    return step;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
