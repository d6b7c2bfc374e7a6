/** What a scenario prints: past jest, which would frame every line with a stack. */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Progress and figures of one scenario, on the terminal. */
export class Figures {
  readonly #name: string;
  readonly #startedAt = performance.now();
  readonly #rows: [string, string][] = [];

  constructor(name: string) {
    this.#name = name;
    print(`\n▸ ${name}`);
  }

  /** One line of progress. */
  say(line: string): void {
    print(`  [${this.#seconds().padStart(6)} s] ${line}`);
  }

  /** A figure for the table at the end. */
  set(name: string, value: string | number): void {
    this.#rows.push([name, String(value)]);
  }

  printTable(): void {
    this.set("duration", `${this.#seconds()} s`);
    const width = Math.max(...this.#rows.map(([name]) => name.length));
    print(`  figures: ${this.#name}`);
    for (const [name, value] of this.#rows) print(`    ${name.padEnd(width)}  ${value}`);
  }

  #seconds(): string {
    return ((performance.now() - this.#startedAt) / 1000).toFixed(1);
  }
}
