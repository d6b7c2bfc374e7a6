import { HooklaneError } from "@hooklane/client";

/** Why a call did not work, in the API's words. */
export const toReason = (error: unknown): string =>
  error instanceof HooklaneError ? error.detail : String(error);
