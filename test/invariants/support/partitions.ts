import { eventually, type ServiceProcess, type Services } from "@hooklane/testing";

/** The checkpoint document of a partition, as far as scenarios read it (lanes.md §3). */
export interface PartitionState {
  readonly partition: number;
  readonly epoch: number;
  readonly ver: number;
  readonly owner: string | null;
  readonly released: boolean;
  readonly logEpoch: number;
  readonly committed: number;
  readonly lanes: Readonly<Record<string, { readonly state: string }>>;
}

/** When a partition went to another owner, as seen from outside. */
export interface Handover {
  readonly partition: number;
  readonly at: number;
  readonly epoch: number;
  readonly owner: string | null;
}

const WATCH_MS = 100;

/** The partitions of `deliveries.v1` as their documents tell, looked at from outside. */
export class Partitions {
  readonly #services: Services;
  readonly #last = new Map<number, PartitionState>();
  #timer: NodeJS.Timeout | undefined;
  /** Every change of an epoch since watching began. */
  readonly handovers: Handover[] = [];
  /** Where a document went backwards: a write of somebody who had lost the partition was taken. */
  readonly regressions: string[] = [];

  constructor(services: Services) {
    this.#services = services;
  }

  read(): Promise<readonly PartitionState[]> {
    return this.#services.database
      .collection<PartitionState>("partitions")
      .find({}, { projection: { done: 0 }, maxTimeMS: 5_000 })
      .sort({ partition: 1 })
      .toArray();
  }

  /** Waits until so many owners hold a fair share of all partitions. */
  async awaitShared(owners: number): Promise<void> {
    await eventually(
      async () => {
        const states = await this.read();
        const counts = new Map<string | null, number>();
        for (const { owner, released } of states) {
          if (!released) counts.set(owner, (counts.get(owner) ?? 0) + 1);
        }
        const fair = Math.ceil(states.length / owners);
        const held = [...counts.values()].reduce((sum, count) => sum + count, 0);
        return held === states.length && counts.size === owners && Math.max(...counts.values()) <= fair;
      },
      { deadlineMs: 60_000, intervalMs: 100, what: `${owners} dispatcher(s) with a fair share` },
    );
  }

  /** The partitions a process holds now, by what it logged at its claims. */
  async ownedBy(dispatcher: ServiceProcess): Promise<readonly number[]> {
    const claims = new Set(
      dispatcher.lines.filter((line) => line.includes('"partition.claimed"')).map(toClaim),
    );
    return (await this.read())
      .filter(({ partition, epoch, released }) => !released && claims.has(`${partition}/${epoch}`))
      .map(({ partition }) => partition);
  }

  /** Looks at the documents until the end of the scenario, and notes who takes over and whether anything goes back. */
  watch(): void {
    const look = async () => {
      // A database that is away is part of some scenarios.
      const states = await this.read().catch(() => []);
      for (const state of states) this.#note(state);
      if (this.#timer !== undefined) this.#timer = setTimeout(() => void look(), WATCH_MS);
    };
    this.#timer = setTimeout(() => void look(), 0);
  }

  stopWatching(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #note(state: PartitionState): void {
    const { partition, epoch, ver, owner, logEpoch, committed } = state;
    const last = this.#last.get(partition);
    this.#last.set(partition, state);
    if (last === undefined) return;
    if (epoch > last.epoch) this.handovers.push({ partition, at: Date.now(), epoch, owner });
    const isBack =
      epoch < last.epoch ||
      (epoch === last.epoch && ver < last.ver) ||
      (logEpoch === last.logEpoch && committed < last.committed);
    if (isBack) {
      const place = (of: PartitionState) => `epoch ${of.epoch}, version ${of.ver}, committed ${of.committed}`;
      this.regressions.push(`partition ${partition}: ${place(last)}, then ${place(state)}`);
    }
  }
}

function toClaim(line: string): string {
  const { partition, epoch } = JSON.parse(line) as { partition: number; epoch: number };
  return `${partition}/${epoch}`;
}
