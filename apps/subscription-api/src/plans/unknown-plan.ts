import type { FieldError } from "@hooklane/contracts";

/** What is wrong with a plan nobody installed. */
export const unknownPlan = (): FieldError => ({
  path: "plan",
  code: "invalid_value",
  message: "must be the id of a plan there is",
});
