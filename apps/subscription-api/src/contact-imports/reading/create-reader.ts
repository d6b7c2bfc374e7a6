import type { ContactReader } from "./contact-reader.js";
import { CsvReader } from "./csv-reader.js";
import { JsonArrayReader } from "./json-array-reader.js";
import { NdjsonReader } from "./ndjson-reader.js";

/** Content types of uploads. */
export const UPLOAD_TYPES = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv",
} as const;

/** @throws for a type that is none of {@link UPLOAD_TYPES} */
export function createReader(contentType: string): ContactReader {
  switch (contentType) {
    case UPLOAD_TYPES.json:
      return new JsonArrayReader();
    case UPLOAD_TYPES.ndjson:
      return new NdjsonReader();
    case UPLOAD_TYPES.csv:
      return new CsvReader();
    default:
      throw new RangeError(`Nobody reads contacts as ${contentType}`);
  }
}
