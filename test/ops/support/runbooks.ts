import { readFileSync } from "node:fs";

/** What docs/operations.md has somebody do: queries, one a line, and commands for a shell. */
export interface Runbooks {
  readonly queries: readonly string[];
  readonly commands: readonly string[];
}

/** Blocks marked `sh` set the scene and are not among the commands. */
export function readRunbooks(): Runbooks {
  const text = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
      ([, block = ""]) => block,
    );
  return { queries: blocks("promql").flatMap((block) => block.trim().split("\n")), commands: blocks("bash") };
}
