import type { ContactReader, ReadLine, ReadPart } from "./contact-reader.js";
import { toLineError } from "./line-error.js";
import { LineSplitter, type SplitLine } from "./line-splitter.js";

/** One JSON value a line; empty lines count and say nothing. */
export class NdjsonReader implements ContactReader {
  readonly #splitter = new LineSplitter();

  read(bytes: Uint8Array): ReadPart {
    return { lines: this.#splitter.split(bytes).flatMap(toReadLines) };
  }

  end(): ReadPart {
    return { lines: this.#splitter.end().flatMap(toReadLines) };
  }
}

function toReadLines(line: SplitLine): readonly ReadLine[] {
  if ("fault" in line) return [{ line: line.number, error: toLineError(line.fault) }];
  if (line.text.trim() === "") return [];
  try {
    return [{ line: line.number, value: JSON.parse(line.text) as unknown }];
  } catch {
    return [{ line: line.number, error: toLineError("not_json") }];
  }
}
