import type { FieldError } from "@hooklane/contracts";
import { LINE_BYTES_MAX } from "./contact-reader.js";

const ERRORS = {
  too_long: { code: "too_long", message: `has more than ${LINE_BYTES_MAX} bytes` },
  not_utf8: { code: "invalid_format", message: "is not UTF-8" },
  not_json: { code: "invalid_format", message: "is not JSON" },
} as const;

/** What is wrong with a line that cannot be read. */
export const toLineError = (fault: keyof typeof ERRORS): FieldError => ({ path: "", ...ERRORS[fault] });
