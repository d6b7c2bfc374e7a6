import { checkFilter, type Filter, findJsonFault, toPlace } from "@hooklane/core";
import type { FieldError } from "@hooklane/client";

/** What somebody typed as a filter. */
export type TypedFilter =
  /** Nothing: every event matches. */
  | { readonly kind: "none" }
  | { readonly kind: "filter"; readonly filter: Filter }
  | { readonly kind: "wrong"; readonly errors: readonly FieldError[] };

/** Reads a filter as the API would, and says where the text stops being JSON. */
export function parseFilterText(text: string): TypedFilter {
  if (text.trim() === "") return { kind: "none" };
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    const position = toPlace(text, findJsonFault(text));
    const message = `line ${position.line}, column ${position.column}: is not JSON`;
    return { kind: "wrong", errors: [{ path: "filter", code: "invalid_filter", message, position }] };
  }
  const errors = checkFilter(given).map(({ path, message }): FieldError => {
    const place = path.join(".");
    return {
      path: ["filter", ...path].join("."),
      code: "invalid_filter",
      message: place === "" ? message : `${place} ${message}`,
    };
  });
  // Checked: it is an object of conditions.
  return errors.length > 0 ? { kind: "wrong", errors } : { kind: "filter", filter: given as Filter };
}
