import type { CreateApiKey, FieldError } from "@hooklane/contracts";

/** A key that would never open anything is a mistake of who makes it. */
export function checkExpiry({ expiresAt }: CreateApiKey, at: Date): readonly FieldError[] {
  if (expiresAt === undefined || new Date(expiresAt) > at) return [];
  return [{ path: "expiresAt", code: "too_small", message: "must be in the future" }];
}
