import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a node's folder remembers of the container it runs in. */
export interface ContainerRecord {
  /** Name of the container and of the volume with its data. Never used for anything else, on no machine. */
  readonly name: string;
  /** True once the node was ready on the volume: from then on it is where the node's data is. */
  readonly holdsData: boolean;
}

/** Reads a node's record; `undefined` when it never ran in a container. */
export function readContainerRecord(nodeDir: string): ContainerRecord | undefined {
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(recordFile(nodeDir), "utf8"));
  } catch {
    return undefined;
  }
  return isContainerRecord(record) ? record : undefined;
}

/** The node's record, made when there is none: before anything of that name is, so that all of it can be found again. */
export function ensureContainerRecord(nodeDir: string, label: string): ContainerRecord {
  const kept = readContainerRecord(nodeDir);
  if (kept !== undefined) return kept;
  const name = `hooklane-${label}-${randomBytes(16).toString("hex")}`;
  return writeContainerRecord(nodeDir, { name, holdsData: false });
}

/** Notes that the node's volume holds its data. */
export function noteDataInVolume(nodeDir: string): void {
  const record = readContainerRecord(nodeDir);
  if (record?.holdsData === false) writeContainerRecord(nodeDir, { ...record, holdsData: true });
}

/** The 16 bytes by chance in a name. */
export function seedOf(name: string): Uint8Array {
  return Buffer.from(name.slice(-32), "hex");
}

/** By rename, so that a crash leaves the old record or the whole new one. */
function writeContainerRecord(nodeDir: string, record: ContainerRecord): ContainerRecord {
  mkdirSync(nodeDir, { recursive: true });
  const file = recordFile(nodeDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`);
  renameSync(`${file}.new`, file);
  return record;
}

function recordFile(nodeDir: string): string {
  return join(nodeDir, "container.json");
}

function isContainerRecord(value: unknown): value is ContainerRecord {
  if (typeof value !== "object" || value === null) return false;
  const { name, holdsData } = value as Partial<Record<keyof ContainerRecord, unknown>>;
  // The name is handed to commands that remove what they are given.
  return (
    typeof name === "string" && /^hooklane-[a-z]+-[0-9a-f]{32}$/.test(name) && typeof holdsData === "boolean"
  );
}
