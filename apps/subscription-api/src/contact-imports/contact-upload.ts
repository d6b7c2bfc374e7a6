import type { FieldError } from "@hooklane/contracts";
import type { Logger } from "@hooklane/service";
import type { ContactUploads, ImportLines, NewContactImport } from "@hooklane/store";
import { type Answer, invalid, refusal } from "../http/answer.js";
import type { BodyStream, Received } from "../http/operation.js";
import { ChunkKeeper } from "./chunk-keeper.js";
import { toImportLine } from "./contact-line.js";
import type { ReadPart, UploadFault } from "./reading/contact-reader.js";
import { createReader } from "./reading/create-reader.js";

/** An upload that is complete and waits to be made an import. */
export interface CompleteUpload {
  readonly id: string;
  readonly total: number;
  readonly chunks: number;
}

export interface ContactUploadOptions {
  readonly uploads: Pick<ContactUploads, "begin" | "discard">;
  readonly lines: Pick<ImportLines, "add">;
  /** Lines with something in them an upload has at most. */
  readonly linesMax: number;
  readonly logger: Pick<Logger, "warn">;
  readonly now: () => Date;
}

/** Reads contacts as they come and keeps them, where nobody sees them before all of them are there. */
export class ContactUpload {
  readonly #options: ContactUploadOptions;

  constructor(options: ContactUploadOptions) {
    this.#options = options;
  }

  /** @throws what the body's iteration throws, and the database's error; nothing is left then */
  async receive(upload: NewContactImport, body: BodyStream): Promise<Received> {
    const { uploads, lines, linesMax, now } = this.#options;
    await uploads.begin(upload, now());
    const keeper = new ChunkKeeper(lines, upload.id);
    let isComplete = false;
    try {
      const refused = await keepAll(keeper, body, linesMax);
      if (refused) return { kind: "refused", answer: refused };
      const complete: CompleteUpload = { id: upload.id, ...(await keeper.end()) };
      isComplete = true;
      return { kind: "received", body: complete, release: () => this.#discard(upload.id) };
    } finally {
      if (!isComplete) await this.#discard(upload.id);
    }
  }

  /** What stays all the same is cleared away later. */
  async #discard(id: string): Promise<void> {
    try {
      await this.#options.uploads.discard(id);
    } catch (err) {
      this.#options.logger.warn({ err, job: id }, "contact_import.discard_failed");
    }
  }
}

async function keepAll(
  keeper: ChunkKeeper,
  { contentType, bytes }: BodyStream,
  linesMax: number,
): Promise<Answer | undefined> {
  const reader = createReader(contentType);
  const keep = async ({ lines, fault }: ReadPart): Promise<Answer | undefined> => {
    for (const line of lines) {
      if (keeper.total >= linesMax) return tooManyLines(linesMax);
      await keeper.add(toImportLine(line));
    }
    return fault && toRefusal(fault);
  };
  for await (const chunk of bytes) {
    const refused = await keep(reader.read(chunk));
    if (refused) return refused;
  }
  return keep(reader.end());
}

const tooManyLines = (linesMax: number): Answer =>
  refusal("body_too_large", `The body has more than ${linesMax} lines.`);

function toRefusal({ kind, line, error }: UploadFault): Answer {
  switch (kind) {
    case "malformed":
      return refusal("malformed_json", error.message);
    case "too_large":
      return refusal("body_too_large", error.message);
    case "invalid":
      return invalid([inLine(line, error)]);
  }
}

const inLine = (line: number, { path, ...error }: FieldError): FieldError => ({
  path: path === "" ? `lines.${line}` : `lines.${line}.${path}`,
  ...error,
});
