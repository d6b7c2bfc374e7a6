/** Why a stack could not be started or stopped. */
export type StackErrorCode =
  "nothing_available" | "port_busy" | "disk_full" | "bad_download" | "start_failed" | "aborted";

/** A fault of the local stack. The message is one line, made for the person at the terminal. */
export class StackError extends Error {
  override readonly name = "StackError";

  constructor(
    readonly code: StackErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** True when `error` is one of Node's system errors with one of these codes. */
export function hasSystemCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string" &&
    codes.includes(error.code)
  );
}
