import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const content = z.record(z.string(), z.object({ id: z.string(), secret: z.string() }));

/** Id and secret of each demo webhook, by its key. The API shows a secret once, so it is kept here. */
export type KeptSecrets = z.output<typeof content>;

/** Reads what was kept; nothing when the file is absent or broken: webhooks are made anew then. */
export async function readSecrets(path: string): Promise<KeptSecrets> {
  try {
    return content.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {};
  }
}

/** Replaces the file as a whole; readable by its owner only. */
export async function writeSecrets(path: string, secrets: KeptSecrets): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.tmp`;
  await writeFile(next, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  await rename(next, path);
}
