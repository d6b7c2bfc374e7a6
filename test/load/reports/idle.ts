import type { S9Result } from "../scenarios/s9.js";
import { fixed, toTable, whole } from "./text.js";

export function reportS9({ seconds, byProcess }: S9Result): string {
  return toTable([
    [`S9, idle for ${seconds} s`, "CPU, ‰ of a core", "memory MiB"],
    ...Object.entries(byProcess).map(([name, usage]) => [name, fixed(usage.milliCores), whole(usage.pssMib)]),
  ]);
}
