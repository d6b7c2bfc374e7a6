import type { FieldError } from "@hooklane/client";
import { toFieldErrors } from "@hooklane/contracts";

/** The part of a schema of the contracts that checks. */
interface Schema {
  readonly safeParse: (
    body: unknown,
  ) =>
    | { readonly success: true }
    | { readonly success: false; readonly error: { readonly issues: Parameters<typeof toFieldErrors>[0] } };
}

/** What the API would say of a body, by its own schema. */
export function checkWith(schema: Schema, body: unknown): readonly FieldError[] {
  const checked = schema.safeParse(body);
  return checked.success ? [] : toFieldErrors(checked.error.issues, body);
}
