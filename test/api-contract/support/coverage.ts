/** Counts answers by call and status. */
export class Coverage {
  readonly #counts = new Map<string, Map<number, number>>();

  note(operation: string, status: number): void {
    const statuses = this.#counts.get(operation) ?? new Map<number, number>();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    this.#counts.set(operation, statuses);
  }

  get requests(): number {
    return [...this.#counts.values()]
      .flatMap((statuses) => [...statuses.values()])
      .reduce((sum, count) => sum + count, 0);
  }

  /** Calls that were never answered with 2xx. */
  get withoutSuccess(): readonly string[] {
    return [...this.#counts]
      .filter(([, statuses]) => ![...statuses.keys()].some((status) => status < 300))
      .map(([name]) => name);
  }

  /** Calls down, statuses across. */
  toString(): string {
    const statuses = [...new Set([...this.#counts.values()].flatMap((counts) => [...counts.keys()]))].sort(
      (a, b) => a - b,
    );
    const width = Math.max(...[...this.#counts.keys()].map((name) => name.length), 4);
    const cells = (values: readonly (string | number)[]) =>
      values.map((value) => String(value).padStart(5)).join("");
    return [
      `${"call".padEnd(width)}${cells(statuses)}`,
      ...[...this.#counts].map(
        ([name, counts]) =>
          `${name.padEnd(width)}${cells(statuses.map((status) => counts.get(status) ?? "."))}`,
      ),
    ].join("\n");
  }
}
