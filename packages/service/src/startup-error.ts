/**
 * A reason not to start that the operator can act on. `message` is shown as it is, in one line (configuration faults:
 * one line a variable), without a stack.
 */
export class StartupError extends Error {
  override readonly name = "StartupError";
}
