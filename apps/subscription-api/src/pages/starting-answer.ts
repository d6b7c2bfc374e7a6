import type { ServerResponse } from "node:http";
import { PROBLEM_CONTENT_TYPE, toProblem } from "@hooklane/contracts";

/** What is answered while the database or the broker is still awaited. */
export function startingAnswer(_request: unknown, response: ServerResponse): void {
  response.writeHead(503, { "content-type": PROBLEM_CONTENT_TYPE, "retry-after": "1" });
  response.end(JSON.stringify(toProblem("unavailable", "The service is starting.")));
}
