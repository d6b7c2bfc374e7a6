import { openAsBlob } from "node:fs";
import { extname } from "node:path";
import type { ContactUpload, Job } from "@hooklane/client";
import type { Command } from "commander";
import { followImport } from "../follow-import.js";
import { EXIT } from "../output/report-error.js";
import { formatFields } from "../output/table.js";
import type { Session } from "../session.js";
import { UsageError } from "../usage-error.js";

interface ImportFlags {
  readonly audience: string;
  readonly type?: string;
  readonly tag?: readonly string[];
  readonly update: boolean;
  readonly wait?: boolean;
}

type ContentType = ContactUpload["contentType"];

/** By the file's ending, or by name. */
const TYPES: Readonly<Record<string, ContentType>> = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  json: "application/json",
};

/** `hooklane contacts …` */
export function addContactCommands(program: Command, session: Session): void {
  const contacts = program.command("contacts").description("people in audiences");
  contacts
    .command("import <file>")
    .description("import contacts from CSV, JSON lines or a JSON array; `-` for standard input")
    .requiredOption("--audience <id>", "into which audience")
    .option("--type <type>", "csv, ndjson or json; default: by the file's ending")
    .option("--tag <name...>", "give every contact this tag")
    .option("--no-update", "leave contacts the audience has as they are")
    .option("--wait", "tell how far it is until it is done; fails when it does, or rejects lines")
    .action(async (file: string, flags: ImportFlags, command: Command) => {
      const upload = { contentType: toContentType(file, flags.type), body: await open(file, session) };
      const { audience, update, tag: tags } = flags;
      const hooklane = session.connect();
      const begun = await hooklane.contactImports.begin(audience, upload, { update, tags });
      const job = flags.wait ? await followImport(hooklane.jobs, begun.id, session) : begun;
      session.show(job, describe);
      if (job.kind !== "contact_import" || !flags.wait || session.signal.aborted) return;
      if (job.status === "completed" && job.rejected === 0) return;
      const why = job.error ?? `${job.rejected} of ${job.total} lines were rejected.`;
      command.error(job.status === "cancelled" ? "It was cancelled." : why, { exitCode: EXIT.refused });
    });
}

function toContentType(file: string, type = extname(file).slice(1).toLowerCase()): ContentType {
  const contentType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (contentType) return contentType;
  throw new UsageError(`Say with --type what it is: ${Object.keys(TYPES).join(", ")}.`);
}

/** Of a file no more is in memory than is being sent. */
async function open(file: string, { terminal }: Session): Promise<Blob> {
  if (file === "-") return new Blob([await terminal.readInput()]);
  try {
    return await openAsBlob(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describe(job: Job): string {
  if (job.kind !== "contact_import") return job.status;
  const { id, status, total, done, added, updated, unchanged, rejected } = job;
  return formatFields({ id, status, lines: `${done} of ${total}`, added, updated, unchanged, rejected });
}
