/** The command was given something it cannot work with; the text says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
