import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The parent's side of a process that answers requests one by one. */
export class Worker<Request, Answer> {
  readonly #child: ChildProcess;
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  /** @param module a file of this folder, without its ending; it calls {@link answerParent} */
  constructor(module: string) {
    this.#child = fork(fileURLToPath(new URL(`./${module}.js`, import.meta.url)), {
      serialization: "advanced",
    });
    this.#child.on("message", (reply: Reply<Answer>) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if ("error" in reply) waiting?.reject(new Error(`${module}: ${reply.error}`));
      else waiting?.resolve(reply.answer);
    });
    this.#child.on("exit", (code, signal) => {
      this.#waiting?.reject(new Error(`${module} ended (${code ?? signal})`));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** One request at a time. @throws Error what the worker threw, or that it ended */
  ask(request: Request): Promise<Answer> {
    if (this.#waiting !== undefined) throw new Error("The worker is busy");
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send(request as object);
    });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await exited;
    clearTimeout(late);
  }
}

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

/** The child's side: answers each request of the parent by what `handle` gives, and ends with it. */
export function answerParent(handle: (request: never) => unknown, close: () => Promise<void> | void): void {
  process.on("message", (request) => {
    Promise.resolve()
      .then(() => handle(request as never))
      .then(
        (answer) => process.send?.({ answer }),
        (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
      );
  });
  process.on("disconnect", () => {
    void Promise.resolve(close()).then(() => process.exit(0));
  });
  // Ctrl-C reaches the whole process group; the parent decides when this one ends.
  process.on("SIGINT", () => undefined);
}
