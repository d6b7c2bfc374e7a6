import { fieldError, problem, PROBLEM_CONTENT_TYPE, type ProblemCode, PROBLEMS } from "@hooklane/contracts";
import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";

const problemSchema = problem
  .extend({ errors: z.array(fieldError.meta({ id: "FieldError" })).optional() })
  .meta({ id: "Problem", description: "RFC 9457; `code` is what a client may rely on" });

/** One answer a status, its description naming the codes. */
export function toProblemResponses(codes: Iterable<ProblemCode>): ZodOpenApiOperationObject["responses"] {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, listed]) => [
      String(status),
      {
        description: listed.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("; "),
        content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema } },
      },
    ]),
  );
}
