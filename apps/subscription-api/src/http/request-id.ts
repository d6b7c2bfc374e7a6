import { randomUUID } from "node:crypto";

/** What goes into logs and answers as it is. */
const USABLE = /^[\w.:-]{1,128}$/;

/** The caller's own id of a request, where it sent a usable one; otherwise a new one. */
export const toRequestId = (given: string | undefined): string =>
  given !== undefined && USABLE.test(given) ? given : randomUUID();
