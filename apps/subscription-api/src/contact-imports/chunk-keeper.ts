import type { ImportLine, ImportLines } from "@hooklane/store";

/** Written in one transaction. */
const LINES_MAX = 500;

/** Characters of their values; a document of MongoDB has 16 MiB at most. */
const CHARACTERS_MAX = 1024 * 1024;

/** Keeps lines as they come, in chunks. */
export class ChunkKeeper {
  readonly #lines: Pick<ImportLines, "add">;
  readonly #importId: string;
  #waiting: ImportLine[] = [];
  #characters = 0;
  #chunks = 0;
  #total = 0;

  constructor(lines: Pick<ImportLines, "add">, importId: string) {
    this.#lines = lines;
    this.#importId = importId;
  }

  get total(): number {
    return this.#total;
  }

  /** Resolves when there is room for more. */
  async add(line: ImportLine): Promise<void> {
    this.#waiting.push(line);
    this.#total++;
    this.#characters += "contact" in line ? lengthOf(line.contact) : 0;
    if (this.#waiting.length >= LINES_MAX || this.#characters >= CHARACTERS_MAX) await this.#keep();
  }

  /** Keeps the last of them. */
  async end(): Promise<{ readonly total: number; readonly chunks: number }> {
    if (this.#waiting.length > 0) await this.#keep();
    return { total: this.#total, chunks: this.#chunks };
  }

  async #keep(): Promise<void> {
    await this.#lines.add(this.#importId, this.#chunks, this.#waiting);
    this.#chunks++;
    this.#waiting = [];
    this.#characters = 0;
  }
}

/** Only fields are long. */
function lengthOf({ fields = {} }: Extract<ImportLine, { contact: unknown }>["contact"]): number {
  let length = 0;
  for (const name in fields) length += name.length + String(fields[name]).length;
  return length;
}
