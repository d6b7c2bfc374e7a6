/** Matching took more steps than it may: thrown inside of this folder only. */
export class FilterTooCostlyError extends Error {
  override readonly name = "FilterTooCostlyError";
}

/**
 * What is left of the steps a filter may take on one event. Counted instead of timed: the same event and filter always
 * end alike, on every machine.
 */
export class StepBudget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  get left(): number {
    return this.#left;
  }

  /** @throws FilterTooCostlyError */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new FilterTooCostlyError("The filter takes too many steps");
  }
}
