import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { eventually } from "../eventually.js";
import { ServiceContainer } from "./service-container.js";

/** How one service is run. */
export interface ServiceCommand {
  readonly name: string;
  /** Arguments after `node`: options, then the file. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  readonly cwd: string;
  /** Given every line it prints, with its name. */
  readonly onLine?: (line: string) => void;
}

const LINES_KEPT = 4_000;

/** An orderly stop ends within 10 s (api.md §1); a little more, so that the service's own limit is what is seen. */
const STOP_LIMIT_MS = 12_000;

/** One service as a process of its own, or in a container (`TEST_STACK=external`), with what it printed. */
export class ServiceProcess {
  #command: ServiceCommand;
  #child: ChildProcess | undefined;
  #container: ServiceContainer | undefined;
  #exited: Promise<number | string> = Promise.resolve("not started");
  /** The newest lines of standard output and error, over all starts. */
  readonly lines: string[] = [];

  constructor(command: ServiceCommand) {
    this.#command = command;
  }

  get name(): string {
    return this.#command.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#command.port}`;
  }

  get port(): number {
    return this.#command.port;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Changes variables for the next start. */
  configure(env: Readonly<Record<string, string>>): void {
    this.#command = { ...this.#command, env: { ...this.#command.env, ...env } };
  }

  /** The repository whose build the next start runs: another release's. */
  runFrom(cwd: string): void {
    this.#command = { ...this.#command, cwd };
  }

  /** Sets all variables for the next start. Tells whether one differs from the last. */
  setEnvironment(env: Readonly<Record<string, string>>): boolean {
    const isOther = !isDeepStrictEqual(env, this.#command.env);
    this.#command = { ...this.#command, env };
    return isOther;
  }

  /** While it is not needed, it does not hold this process back from ending, which ends it too. */
  setNeeded(isNeeded: boolean): void {
    const [act, child] = [isNeeded ? "ref" : "unref", this.#child] as const;
    child?.[act]();
    for (const stream of [child?.stdout, child?.stderr]) if (stream instanceof Socket) stream[act]();
  }

  /** Another process of the same service, with variables of its own; not started. */
  twin(name: string, port: number, env: Readonly<Record<string, string>>): ServiceProcess {
    return new ServiceProcess({ ...this.#command, name, port, env: { ...this.#command.env, ...env } });
  }

  /** Starts the process; {@link waitReady} tells when it works. */
  spawn(): void {
    if (this.isRunning) throw new Error(`${this.name} runs already`);
    const { args, cwd, env } = this.#command;
    // Without options of Node: an image has its own command.
    const container = args.length === 1 ? ServiceContainer.for(args[0] ?? "") : undefined;
    const [file, fileArgs] = container?.toCommand(env) ?? [process.execPath, args];
    const child = spawn(file, fileArgs, {
      cwd,
      env: container === undefined ? env : { ...process.env, HOST: "127.0.0.1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#container = container;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#keep(line));
    }
    // `close`, not `exit`: by then the last lines are in.
    this.#exited = once(child, "close").then(([code, signal]) => (signal ?? code) as number | string);
    const killNow = (): void => {
      child.kill("SIGKILL");
      container?.killNow();
    };
    running.add(killNow);
    void this.#exited.then(() => running.delete(killNow));
  }

  /**
   * Resolves when `/readyz` answers 200.
   *
   * @throws Error when the process ends before, or at the deadline; with its last lines
   */
  async waitReady(deadlineMs = 100_000): Promise<void> {
    let last = "no answer";
    const ready = async () => {
      if (!this.isRunning) return "ended";
      const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      last = await answer.text();
      return answer.status === 200 && "ready";
    };
    const state = await eventually(ready, { deadlineMs, intervalMs: 50 }).catch(() => "late");
    if (state === "ready") return;
    throw new Error(
      `${this.name} ${state === "ended" ? "ended" : "is not ready"} (${last})\n${this.tail(40)}`,
    );
  }

  /** Kills the process without warning and waits until it is gone. */
  async kill9(): Promise<void> {
    // The command of a container ends with it.
    if (this.#container === undefined) this.#child?.kill("SIGKILL");
    else await this.#container.kill();
    await this.#exited;
  }

  /** Stops the process in its tracks, as a suspended virtual machine or a long garbage collection does. */
  freeze(): void {
    if (this.#container === undefined) this.#child?.kill("SIGSTOP");
    else this.#container.setPaused(true);
  }

  /** Lets a frozen process go on, as if no time had passed for it. */
  thaw(): void {
    if (this.#container === undefined) this.#child?.kill("SIGCONT");
    else this.#container.setPaused(false);
  }

  /**
   * The sum over all labels of one of its metrics, 0 when it has no value yet.
   *
   * @param name without the prefix `hooklane_`
   */
  async metric(name: string): Promise<number> {
    const answer = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(10_000) });
    const lines = (await answer.text()).split("\n");
    const own = lines.filter((line) => new RegExp(`^hooklane_${name}[ {]`).test(line));
    return own.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  /** Resident memory, bytes; 0 while it does not run, or where the system does not tell (Linux does). */
  memoryBytes(): number {
    if (this.pid === undefined) return 0;
    try {
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))?.[1];
      return Number(kilobytes ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  /**
   * Orders a stop and waits for it.
   *
   * @returns the exit code, or the signal it died of; `undefined` when it did not run
   * @throws Error when it still runs after 12 s; it is killed then
   */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | string | undefined> {
    if (!this.isRunning) return undefined;
    this.#child?.kill(signal);
    const deadline = performance.now() + STOP_LIMIT_MS;
    const late = setTimeout(() => void this.kill9(), STOP_LIMIT_MS);
    const end = await this.#exited;
    clearTimeout(late);
    if (performance.now() >= deadline)
      throw new Error(`${this.name} did not stop on ${signal}\n${this.tail(40)}`);
    return end;
  }

  /** How it ended, or a promise of it: exit code or signal. */
  get exited(): Promise<number | string> {
    return this.#exited;
  }

  /** Its newest lines, each with its name; with a filter, of those that pass. */
  tail(count: number, filter: (line: string) => boolean = () => true): string {
    return this.lines
      .filter(filter)
      .slice(-count)
      .map((line) => `${this.name} | ${line}`)
      .join("\n");
  }

  #keep(line: string): void {
    this.#command.onLine?.(`${this.name} | ${line}`);
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.splice(0, LINES_KEPT / 2);
  }
}

/** What a crashed test must not leave behind. */
const running = new Set<() => void>();
process.once("exit", () => {
  for (const killNow of running) killNow();
});
