/** Where the demo's producer put an event in its line. */
export interface DemoPlace {
  /** One run of the producer. */
  readonly run: string;
  /** Counted from 1 within the run. An endpoint gets some of them only. */
  readonly sequence: number;
}

/**
 * `repeat`: taken before, which at-least-once allows. `violation`: it came after a later one. `unknown`: not made by the
 * demo's producer.
 */
export type OrderVerdict = "in_order" | "repeat" | "violation" | "unknown";

interface Run {
  /** What came before is not known: this receiver was not there. */
  readonly first: number;
  readonly taken: Set<number>;
  highest: number;
}

const RUNS_KEPT = 5;
const TAKEN_KEPT = 5_000;

/**
 * Checks that an endpoint gets what the producer sent in the producer's order. An event that was refused has to come
 * again before any later one.
 */
export class OrderCheck {
  /** Oldest first; the last one is the current. */
  readonly #runs = new Map<string, Run>();
  /** The last one refused, until it is taken or given up. */
  #refused: DemoPlace | undefined;

  /** @param places of one request, a batch has several; @param isTaken whether it is answered with success */
  check(places: readonly (DemoPlace | undefined)[], isTaken: boolean): OrderVerdict {
    const verdicts = places.map((place) => (place ? this.#checkOne(place, isTaken) : "unknown"));
    const worst = (["violation", "in_order", "repeat"] as const).find((verdict) =>
      verdicts.includes(verdict),
    );
    return worst ?? "unknown";
  }

  #checkOne(place: DemoPlace, isTaken: boolean): OrderVerdict {
    const verdict = this.#judge(place);
    if (isTaken) this.#take(place);
    else this.#refused ??= place;
    return verdict;
  }

  #judge({ run, sequence }: DemoPlace): OrderVerdict {
    const known = this.#runs.get(run);
    if (known && (known.taken.has(sequence) || sequence < known.first)) return "repeat";
    const current = [...this.#runs.keys()].at(-1);
    if (known && (run !== current || sequence < known.highest)) return "violation";
    const refused = this.#refused;
    if (refused && (refused.run !== run || refused.sequence !== sequence)) return "violation";
    return "in_order";
  }

  #take({ run, sequence }: DemoPlace): void {
    if (this.#refused?.run === run && this.#refused.sequence === sequence) this.#refused = undefined;
    const known = this.#runs.get(run) ?? { first: sequence, taken: new Set<number>(), highest: 0 };
    this.#runs.set(run, known);
    known.highest = Math.max(known.highest, sequence);
    known.taken.add(sequence);
    dropOldest(known.taken, TAKEN_KEPT);
    dropOldest(this.#runs, RUNS_KEPT);
  }
}

function dropOldest<Key>(
  kept: { readonly size: number; keys(): Iterator<Key>; delete(key: Key): boolean },
  max: number,
) {
  if (kept.size <= max) return;
  const oldest = kept.keys().next();
  if (oldest.done !== true) kept.delete(oldest.value);
}

/** Reads the producer's mark from an event, if it has one. */
export function readDemoPlace(event: unknown): DemoPlace | undefined {
  const { data } = (event ?? {}) as { readonly data?: { readonly demo?: Partial<DemoPlace> } | null };
  const { run, sequence } = data?.demo ?? {};
  return typeof run === "string" && typeof sequence === "number" ? { run, sequence } : undefined;
}
