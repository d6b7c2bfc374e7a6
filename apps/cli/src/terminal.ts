/** What a command reads from and writes to. */
export interface Terminal {
  /** A line, or several, of what was asked for. */
  print(text: string): void;
  /** A line beside it, for who waits. */
  say(text: string): void;
  /** Someone is there to be asked. */
  readonly isInteractive: boolean;
  ask(question: string): Promise<string>;
  /** All of standard input, as text. */
  readInput(): Promise<string>;
}
