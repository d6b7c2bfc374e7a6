import type { Server, SimulatedProcess } from "./simulated-process.js";

/** Begins to wait for something, and resumes when it is over. */
type Wait = (resume: () => void) => void;

/** Work of a process that has to wait now and then, written as one piece. A crash leaves it where it waits. */
export type Task<T = void> = Generator<Wait, T, void>;

export function start(task: Task<unknown>): void {
  const step = task.next();
  if (step.done !== true) step.value(() => start(task));
}

/** A call to a server, repeated until it is answered: to be used where doing it again changes nothing. */
export function* ask<T>(process: SimulatedProcess, server: Server, apply: () => T): Task<T> {
  let answers: readonly T[] = [];
  yield (resume) =>
    process.callUntilAnswered(server, apply, (answer) => {
      answers = [answer];
      resume();
    });
  for (const answer of answers) return answer;
  throw new RangeError("resumed without an answer");
}

export function* pause(process: SimulatedProcess, ms: number): Task {
  yield (resume) => process.later(ms, resume);
}

/** All of them at once; over when the last one is. */
export function* together<T>(tasks: readonly Task<T>[]): Task<readonly T[]> {
  const results: T[] = [];
  const [first] = tasks;
  if (first === undefined) return results;
  if (tasks.length === 1) return [yield* first];
  let open = tasks.length;
  yield (resume) => {
    tasks.forEach((task, index) =>
      start(
        (function* () {
          results[index] = yield* task;
          if (--open === 0) resume();
        })(),
      ),
    );
  };
  return results;
}

/** Its process is gone. */
export function* forever(): Task<never> {
  yield () => undefined;
  throw new RangeError("a process that is gone goes on");
}
