/** A program that runs for the stack: a process of ours, or a container behind one. */
export interface StoppableProcess {
  /** Settles when the program has ended, with what ended it. Never rejects. */
  readonly ended: Promise<string>;
  /**
   * Asks the program to end, waits for it, kills it when it does not. Safe to call twice.
   *
   * @param graceMs time it has to end by itself, in milliseconds; 20 s by default
   */
  stop(graceMs?: number): Promise<void>;
}
