import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Installation } from "./installation.js";
import type { MadeState } from "./make-state.js";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");

/** An installation of a release, and what a test has to know of it. */
export interface ReleaseFixture {
  readonly release: string;
  readonly state: MadeState;
  readonly installation: Installation;
}

/** The releases of which there are fixtures. */
export const listReleases = (): readonly string[] => readdirSync(FIXTURES).sort();

export function readFixture(release: string): ReleaseFixture {
  const read = (name: string): unknown =>
    JSON.parse(gunzipSync(readFileSync(join(FIXTURES, release, name))).toString());
  const { documents, ...rest } = read("documents.json.gz") as {
    documents: Installation["documents"];
    state: MadeState;
    takenAt: number;
  };
  const records = read("records.json.gz") as Pick<Installation, "records" | "groups">;
  return { release, state: rest.state, installation: { takenAt: rest.takenAt, documents, ...records } };
}

/** @returns bytes written */
export function writeFixture({ release, state, installation }: ReleaseFixture): number {
  const { takenAt, documents, records, groups } = installation;
  mkdirSync(join(FIXTURES, release), { recursive: true });
  const write = (name: string, content: unknown): number => {
    const bytes = gzipSync(JSON.stringify(content), { level: 9 });
    writeFileSync(join(FIXTURES, release, name), bytes);
    return bytes.length;
  };
  return (
    write("documents.json.gz", { takenAt, state, documents }) + write("records.json.gz", { records, groups })
  );
}
