/** How long a step may be silent before it says that it still works, in milliseconds. */
const HEARTBEAT_MS = 10_000;

/** Plain lines with the time since the start. No colours, no redrawing: it reads the same in a log. */
export class Terminal {
  #startedAt = performance.now();
  #write;

  constructor(write = (line) => process.stdout.write(`${line}\n`)) {
    this.#write = write;
  }

  /** One line of progress. */
  say(line) {
    this.#write(`${this.#elapsed()} ${line}`);
  }

  /** One line as it is: a service's log line, or the block at the end. */
  print(line) {
    this.#write(line);
  }

  /** Runs `work`, says when it begins, now and then that it still runs, and how long it took. */
  async step(title, work) {
    const startedAt = performance.now();
    const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
    this.say(`${title} …`);
    const heartbeat = setInterval(() => this.say(`${title}: still at it (${seconds()} s)`), HEARTBEAT_MS);
    try {
      const result = await work();
      this.say(`${title}: done in ${seconds()} s`);
      return result;
    } finally {
      clearInterval(heartbeat);
    }
  }

  #elapsed() {
    return `[${((performance.now() - this.#startedAt) / 1000).toFixed(1).padStart(5)} s]`;
  }
}
