import type { z } from "zod";
import type { FieldCode, FieldError } from "./problem.js";

/** What a `custom` issue of our schemas says about itself: `params: { code }`. */
export interface IssueParams {
  readonly code: FieldCode;
}

/**
 * What is wrong with a body, field by field, in stable codes.
 *
 * @param value what was parsed, to tell an absent field from one of a wrong type
 */
export function toFieldErrors(issues: readonly z.core.$ZodIssue[], value: unknown): readonly FieldError[] {
  return issues.flatMap((issue) => toErrors(issue, value));
}

function toErrors(issue: z.core.$ZodIssue, value: unknown): readonly FieldError[] {
  const path = toPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: toPath([...issue.path, key]),
      code: "unknown_field" as const,
      message: "is not a field of this",
    }));
  }
  if (issue.path.length > 0 && isAbsent(issue.path, value)) {
    return [{ path, code: "required", message: "is required" }];
  }
  if (issue.code === "invalid_union") return toUnionErrors(issue, value);
  return [{ path, ...describe(issue) }];
}

/** Of the forms a value can have, what is wrong with the one it tries to be: the only one whose type is its own. */
function toUnionErrors(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly FieldError[] {
  const isOther = ({ code, path }: z.core.$ZodIssue) => code === "invalid_type" && path.length === 0;
  const [meant, ...more] = issue.errors.filter((issues) => !issues.some(isOther));
  const path = toPath(issue.path);
  if (meant === undefined && issue.errors.length > 0)
    return [{ path, code: "invalid_type", message: "is of none of the types it can have" }];
  if (meant === undefined || more.length > 0) return [{ path, ...describe(issue) }];
  return meant.flatMap((each) => toErrors({ ...each, path: [...issue.path, ...each.path] }, value));
}

function describe(issue: z.core.$ZodIssue): Omit<FieldError, "path"> {
  switch (issue.code) {
    case "invalid_type":
      return { code: "invalid_type", message: `must be of type ${issue.expected}` };
    case "too_small":
      return isNumeric(issue.origin)
        ? { code: "too_small", message: `must be at least ${String(issue.minimum)}` }
        : { code: "too_short", message: `must have at least ${String(issue.minimum)}` };
    case "too_big":
      return isNumeric(issue.origin)
        ? { code: "too_large", message: `must be at most ${String(issue.maximum)}` }
        : { code: "too_long", message: `must have at most ${String(issue.maximum)}` };
    case "invalid_value":
      return { code: "invalid_value", message: `must be one of ${issue.values.map(String).join(", ")}` };
    case "invalid_format":
      return { code: "invalid_format", message: issue.message };
    case "custom":
      return {
        code: (issue.params as IssueParams | undefined)?.code ?? "invalid_value",
        message: issue.message,
      };
    case "unrecognized_keys":
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
      return { code: "invalid_value", message: issue.message };
  }
}

const isNumeric = (origin: string): boolean => origin === "number" || origin === "int" || origin === "date";

const toPath = (path: readonly PropertyKey[]): string => path.map(String).join(".");

function isAbsent(path: readonly PropertyKey[], value: unknown): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return true;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}
