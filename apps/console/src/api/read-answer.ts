import { HooklaneError, type Problem } from "@hooklane/client";

/** The JSON of an answer of 2xx. @throws HooklaneError for any other */
export async function readProblemAnswer<Body>(response: Response): Promise<Body> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Body;
  const problem = isProblem(body) ? body : undefined;
  throw new HooklaneError({
    code: problem?.code ?? "unexpected_answer",
    detail: problem?.detail ?? `HTTP ${response.status}`,
    status: response.status,
    errors: problem?.errors,
    problem,
  });
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === "object" && body !== null && "code" in body && "detail" in body;
