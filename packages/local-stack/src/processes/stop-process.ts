import { pollUntil } from "../poll.js";
import { hasSystemCode } from "../stack-error.js";
import { isRecordedProcess, readPidFile, removePidFile, type PidRecord } from "./pid-file.js";

/** Time a process has to end by itself after SIGTERM, in milliseconds. */
export const DEFAULT_GRACE_MS = 20_000;

/** How a process came to its end. */
export type StopOutcome = "was_gone" | "stopped" | "killed";

/**
 * Stops a recorded process and the group it leads: SIGTERM, then SIGKILL when the grace time is over. Safe to call for
 * a process that is not our child; one that is not the recorded process any more is left alone.
 */
export async function stopRecordedProcess(
  record: PidRecord,
  graceMs: number = DEFAULT_GRACE_MS,
): Promise<StopOutcome> {
  if (!isRecordedProcess(record)) return "was_gone";
  signalGroup(record.pid, "SIGTERM");
  if (await isGoneWithin(record, graceMs)) return "stopped";
  signalGroup(record.pid, "SIGKILL");
  await isGoneWithin(record, DEFAULT_GRACE_MS);
  return "killed";
}

/** Stops what a pid file stands for, if it still runs, and removes the file. */
export async function stopByPidFile(path: string, graceMs?: number): Promise<StopOutcome> {
  const record = readPidFile(path);
  const outcome = record === undefined ? "was_gone" : await stopRecordedProcess(record, graceMs);
  removePidFile(path);
  return outcome;
}

/** Signals the process group led by `pid`; a group that is gone already is no fault. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!hasSystemCode(error, "ESRCH")) throw error;
  }
}

async function isGoneWithin(record: PidRecord, deadlineMs: number): Promise<boolean> {
  const gone = await pollUntil(() => (isRecordedProcess(record) ? undefined : true), {
    deadlineMs,
    everyMs: 25,
  });
  return gone === true;
}
