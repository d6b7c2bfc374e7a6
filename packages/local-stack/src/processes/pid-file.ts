import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inspectProcess, type ProcessIdentity } from "./process-identity.js";

/** What a pid file remembers of the process it stands for. */
export interface PidRecord {
  readonly pid: number;
  readonly fingerprint: string;
  /** A part of the command line that only this process has, such as its data folder. */
  readonly marker: string;
}

/**
 * Writes a pid file for a process that runs now. Synchronous and by rename, so that a crash right after the spawn leaves
 * the process either recorded in full or not at all.
 *
 * @returns what was recorded; `undefined` when the process has ended already
 */
export function writePidFile(path: string, pid: number, marker: string): PidRecord | undefined {
  const identity = inspectProcess(pid);
  if (identity === undefined) return undefined;
  const record: PidRecord = { pid, fingerprint: identity.fingerprint, marker };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(record)}\n`);
  renameSync(`${path}.new`, path);
  return record;
}

/** Reads a pid file; `undefined` when there is none or it is not one of ours. */
export function readPidFile(path: string): PidRecord | undefined {
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  return isPidRecord(record) ? record : undefined;
}

/** Removes a pid file; nothing happens when it is gone already. */
export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}

/**
 * True when the recorded process still runs. Process numbers are used again, so number alone proves nothing: start time
 * and command must be those recorded.
 */
export function isRecordedProcess(
  record: PidRecord,
  inspect: (pid: number) => ProcessIdentity | undefined = inspectProcess,
): boolean {
  const found = inspect(record.pid);
  if (found === undefined) return false;
  return found.fingerprint === record.fingerprint && found.commandLine.includes(record.marker);
}

function isPidRecord(value: unknown): value is PidRecord {
  if (typeof value !== "object" || value === null) return false;
  const { pid, fingerprint, marker } = value as Partial<Record<keyof PidRecord, unknown>>;
  // 0 and 1 would address our own group and init; an empty marker would match every command.
  return (
    typeof pid === "number" &&
    Number.isSafeInteger(pid) &&
    pid > 1 &&
    typeof fingerprint === "string" &&
    fingerprint !== "" &&
    typeof marker === "string" &&
    marker !== ""
  );
}
