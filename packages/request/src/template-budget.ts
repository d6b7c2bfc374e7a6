import { TemplateFault } from "./template-fault.js";

/**
 * Units of work one body may take. A unit is about what touching one character or element takes: 100,000 are some
 * milliseconds, 20 at worst. Work and not time: the same template and event come to the same end on every machine,
 * however busy it is. More for a longer event, which has more to go through: whoever wants others' time has to send for
 * it.
 */
const WORK_BASE = 100_000;
const WORK_PER_BYTE = 32;
const WORK_MAX = 2_000_000;

/** What one tag, output or piece of text between them takes beside what it touches, units. */
const STEP_WORK = 40;

/** Pays for the work of one body. The engine asks by the names it has for its own limits, `use` and `check`. */
export class TemplateBudget {
  #left: number;

  /** @param eventBytes of the event the body is made of */
  constructor(eventBytes: number) {
    this.#left = Math.min(WORK_MAX, WORK_BASE + WORK_PER_BYTE * eventBytes);
  }

  /** @throws TemplateFault when the work is used up */
  use(units: number): void {
    // Neither what is negative nor what is no number gives anything back.
    this.#left -= units > 0 ? units : 0;
    if (this.#left < 0) throw new TemplateFault("takes too much work");
  }

  /** One more step; the engine gives a time, which is not what counts. */
  check(): void {
    this.use(STEP_WORK);
  }
}
