import type { FieldError } from "@hooklane/contracts";
import { whyNoFieldName } from "@hooklane/core";
import { parseRecord } from "./csv-record.js";

/** Columns that are no fields of the contact's own, by their names in lower case. */
const KNOWN = {
  email: "email",
  email_format: "emailFormat",
  emailformat: "emailFormat",
  status: "status",
  tags: "tags",
} as const;

type Column =
  | { readonly kind: "known"; readonly name: (typeof KNOWN)[keyof typeof KNOWN] }
  | { readonly kind: "field"; readonly name: string };

export interface CsvHeader {
  readonly delimiter: string;
  readonly columns: readonly Column[];
}

const DELIMITERS = [",", ";", "\t"] as const;

/** Between the tags of a cell: spreadsheets of some languages have `;` between columns. */
const TAG_SEPARATOR = "|";

const FIELD_PREFIX = /^fields\./i;

const COLUMNS_MAX = 200;

/** Which columns there are, and what stands between them: of comma, semicolon and tab the one the header has most of. */
export function readHeader(text: string): { readonly header: CsvHeader } | { readonly error: FieldError } {
  const delimiter = DELIMITERS.reduce((one, other) => (count(text, other) > count(text, one) ? other : one));
  const record = parseRecord(text, delimiter);
  if (record.kind !== "fields") return refuse("", "invalid_format", "does not name columns");
  const columns = record.fields.map(toColumn);
  if (columns.length > COLUMNS_MAX) return refuse("", "too_long", `has more than ${COLUMNS_MAX} columns`);
  for (const [index, { kind, name }] of columns.entries()) {
    const fault = kind === "field" ? whyNoFieldName(name) : undefined;
    if (fault !== undefined) return refuse(name || `column ${index + 1}`, "invalid_format", fault);
  }
  const repeated = columns.find(
    (column, index) => columns.findIndex((other) => isSame(column, other)) < index,
  );
  if (repeated) return refuse(repeated.name, "duplicate", "names two columns");
  if (!columns.some(({ kind, name }) => kind === "known" && name === "email")) {
    return refuse("email", "required", "is not among the columns");
  }
  return { header: { delimiter, columns } };
}

/** A row as JSON uploads have it. An empty cell says nothing of its contact. */
export function toRowValue({ columns }: CsvHeader, cells: readonly string[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  const fields: [string, string][] = [];
  columns.forEach(({ kind, name }, index) => {
    const cell = cells[index] ?? "";
    if (cell === "") return;
    if (kind === "field") fields.push([name, cell]);
    else row[name] = name === "tags" ? toTags(cell) : cell;
  });
  return fields.length === 0 ? row : { ...row, fields: Object.fromEntries(fields) };
}

const toTags = (cell: string): readonly string[] =>
  cell
    .split(TAG_SEPARATOR)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

function toColumn(name: string): Column {
  const lower = name.toLowerCase();
  return Object.hasOwn(KNOWN, lower)
    ? { kind: "known", name: KNOWN[lower as keyof typeof KNOWN] }
    : { kind: "field", name: name.replace(FIELD_PREFIX, "") };
}

const isSame = (one: Column, other: Column): boolean => one.kind === other.kind && one.name === other.name;

const count = (text: string, part: string): number => text.split(part).length;

const refuse = (path: string, code: FieldError["code"], message: string) => ({
  error: { path, code, message },
});
