import type { FieldError } from "@hooklane/contracts";
import { type ContactReader, LINE_BYTES_MAX, type ReadLine, type ReadPart } from "./contact-reader.js";
import { type CsvHeader, readHeader, toRowValue } from "./csv-header.js";
import { parseRecord, type ParsedRecord } from "./csv-record.js";
import { toLineError } from "./line-error.js";
import { LineSplitter, type SplitLine } from "./line-splitter.js";

/** A quoted text may go over so many lines; an opening quote that is not closed by then was a slip. */
const RECORD_LINES_MAX = 20;

/** So often lines behind an opening quote are read twice. Who has more such slips has quotes close on their line. */
const REREADS_MAX = 1_000;

interface TextLine {
  readonly number: number;
  readonly text: string;
}

/**
 * CSV (RFC 4180) with a header line. A broken record is reported and costs its first line only: where a quote opens and
 * is not closed, or what it takes in does not fit the header, the lines behind the first are read once more by
 * themselves.
 */
export class CsvReader implements ContactReader {
  readonly #splitter = new LineSplitter();
  #header: CsvHeader | undefined;
  /** Lines of a record in which a quote is open. */
  #open: TextLine[] = [];
  #rereads = 0;

  read(bytes: Uint8Array): ReadPart {
    return this.#readAll(this.#splitter.split(bytes));
  }

  end(): ReadPart {
    const { lines, fault } = this.#readAll(this.#splitter.end());
    if (fault) return { lines, fault };
    const found = [...lines];
    while (this.#open.length > 0) this.#giveUp(UNCLOSED, found);
    return this.#header ? { lines: found } : { lines: found, fault: refuseHeader(1, NO_HEADER) };
  }

  #readAll(lines: readonly SplitLine[]): ReadPart {
    const found: ReadLine[] = [];
    for (const line of lines) {
      if (this.#header) {
        this.#readLine(line, found);
        continue;
      }
      if ("text" in line && line.text.trim() === "") continue;
      const read = "text" in line ? readHeader(line.text) : { error: toLineError(line.fault) };
      if ("error" in read) return { lines: found, fault: refuseHeader(line.number, read.error) };
      this.#header = read.header;
    }
    return { lines: found };
  }

  #readLine(line: SplitLine, found: ReadLine[]): void {
    if ("text" in line) {
      this.#readText(line, found);
      return;
    }
    while (this.#open.length > 0) this.#giveUp(UNCLOSED, found);
    found.push({ line: line.number, error: toLineError(line.fault) });
  }

  #readText(line: TextLine, found: ReadLine[]): void {
    const header = this.#header;
    if (!header || (this.#open.length === 0 && line.text.trim() === "")) return;
    this.#open.push(line);
    // Nothing that could close it.
    if (this.#open.length > 1 && !line.text.includes('"') && this.#mayGoOn()) return;
    const record = this.#parseOpen(header);
    if (record.kind === "fields") {
      found.push({ line: this.#open[0]?.number ?? line.number, value: toRowValue(header, record.fields) });
      this.#open = [];
    } else if (record.kind !== "unclosed" || !this.#mayGoOn()) {
      this.#giveUp(record.kind === "unclosed" ? UNCLOSED : record.error, found);
    }
  }

  #parseOpen(header: CsvHeader): ParsedRecord {
    const text = this.#open.map((line) => line.text).join("\n");
    const record = parseRecord(text, header.delimiter);
    if (record.kind !== "fields" || record.fields.length === header.columns.length) return record;
    const message = `has ${record.fields.length} columns, and the header has ${header.columns.length}`;
    return { kind: "broken", error: { path: "", code: "invalid_format", message } };
  }

  #mayGoOn(): boolean {
    const bytes = this.#open.reduce((sum, { text }) => sum + text.length, 0);
    const linesMax = this.#rereads < REREADS_MAX ? RECORD_LINES_MAX : 1;
    return this.#open.length < linesMax && bytes < LINE_BYTES_MAX;
  }

  /** Reports the first of the open lines and reads the others by themselves. */
  #giveUp(error: FieldError, found: ReadLine[]): void {
    const [first, ...rest] = this.#open;
    this.#open = [];
    if (!first) return;
    found.push({ line: first.number, error });
    if (rest.length > 0) this.#rereads++;
    for (const line of rest) this.#readText(line, found);
  }
}

const UNCLOSED: FieldError = {
  path: "",
  code: "invalid_format",
  message: "opens a quote and does not close it",
};
const NO_HEADER: FieldError = { path: "", code: "required", message: "is to name the columns" };

const refuseHeader = (line: number, error: FieldError) => ({ kind: "invalid", line, error }) as const;
