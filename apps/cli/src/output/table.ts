/** A column: its head, and what stands in it. */
export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string | number | undefined;
}

/** Lines of a table, columns two spaces apart; what is missing is a dash. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map((column) => toCell(column.of(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => lengthOf(cells[index] ?? ""))));
  return lines
    .map((cells) => cells.map((cell, index) => pad(cell, widths[index] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Names and values below each other; what is missing is left out. */
export function formatFields(fields: Readonly<Record<string, string | number | undefined>>): string {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${toCell(value)}`).join("\n");
}

const toCell = (value: string | number | undefined): string =>
  value === undefined || value === "" ? "-" : toPrintable(String(value));

/** What others named must not steer the terminal. */
export const toPrintable = (text: string): string => text.replaceAll(/\p{Cc}/gu, "\u{FFFD}");

/** Splits a text into what stands as one character. */
const CHARACTERS = new Intl.Segmenter();
const lengthOf = (text: string): number => Array.from(CHARACTERS.segment(text)).length;
const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - lengthOf(text)));
