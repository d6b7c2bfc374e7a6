import type { AttemptResult } from "@hooklane/contracts";
import { ATTEMPT_ERRORS, type AttemptError } from "@hooklane/core";

/** Why a request failed. */
export interface FailureReason {
  readonly error: AttemptError;
  /** Of `status` alone. */
  readonly statusCode?: number;
}

const STATUS_KEY = /^status_(\d{3})$/;

/** A name for a field of the database. */
export const toReasonKey = ({ error = "protocol", statusCode }: AttemptResult): string =>
  error === "status" && statusCode !== undefined ? `status_${statusCode}` : error;

/** @returns undefined for what a newer release calls a reason */
export function fromReasonKey(key: string): FailureReason | undefined {
  const code = STATUS_KEY.exec(key)?.[1];
  if (code !== undefined) return { error: "status", statusCode: Number(code) };
  const error = ATTEMPT_ERRORS.find((known) => known === key);
  return error && { error };
}
