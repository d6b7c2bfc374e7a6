/** What every node of the stack is started with. */
export interface StartContext {
  /** The stack's folder; each node has one of its own in it. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}
