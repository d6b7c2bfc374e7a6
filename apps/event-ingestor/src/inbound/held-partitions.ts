/** Partitions that wait for the schema registry, for `/readyz` and metrics. */
export class HeldPartitions {
  readonly #held = new Map<number, string>();

  get count(): number {
    return this.#held.size;
  }

  hold(partition: number, detail: string): void {
    this.#held.set(partition, detail);
  }

  release(partition: number): void {
    this.#held.delete(partition);
  }

  /** In words, or undefined when none is held. */
  describe(): string | undefined {
    if (this.#held.size === 0) return undefined;
    const partitions = [...this.#held.keys()].sort((a, b) => a - b).join(", ");
    return `partitions ${partitions} of the inbound topic wait for a schema: ${[...this.#held.values()][0] ?? ""}`;
  }
}
