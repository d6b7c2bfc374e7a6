/**
 * A reason not to start that the operator can act on. `message` is shown as it is, in one line (configuration faults:
 * one line a variable; what a dependency refuses: one line a remedy), without a stack.
 */
export class StartupError extends Error {
  override readonly name = "StartupError";
}
