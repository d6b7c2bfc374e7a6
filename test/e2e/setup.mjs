import { randomUUID } from "node:crypto";

/** Before the first file: a run has a name, by which what it leaves is found. `npm test` gives it one. */
export default function setup() {
  process.env.HOOKLANE_TEST_RUN ??= randomUUID();
}
