import type { z } from "zod";
import type { IssueParams } from "./field-errors.js";
import type { FieldCode } from "./problem.js";

/** What a `superRefine` is handed. */
export type RefineContext = z.core.$RefinementCtx;

/** Refuses one field in a stable code. `path` goes on from what is being refined. */
export function refuse(context: RefineContext, path: PropertyKey[], code: FieldCode, message: string): void {
  context.addIssue({ code: "custom", path, params: { code } satisfies IssueParams, message });
}

/** Refuses every element of a list that stood in it before. */
export function refuseRepeated(values: readonly string[], context: RefineContext): void {
  values.forEach((value, index) => {
    if (values.indexOf(value) < index) refuse(context, [index], "duplicate", "stands twice");
  });
}
