import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "./usage-error.js";

/** Options every command takes. */
export interface ConnectionFlags {
  readonly apiKey?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly ingestUrl?: string | undefined;
}

/** Where to call, and with which key. */
export interface Settings {
  readonly apiUrl: string;
  readonly ingestUrl: string;
  readonly apiKey: string;
  /** Where the key is from, for whoever reads that it is refused. */
  readonly keySource: string;
}

interface Demo {
  readonly file: string;
  readonly apiKey: string;
  readonly apiUrl: string;
  readonly ingestUrl: string;
}

const DEMO_FILE = join(".hooklane", "demo.json");

/**
 * Flags come first, then the environment, then what `npm start` wrote into `.hooklane/demo.json`, here or in a folder above.
 * The demo's key is for the demo's own URL: to another one it is not sent.
 *
 * @throws UsageError that says what is missing
 */
export function readSettings(
  flags: ConnectionFlags,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Settings {
  const given = {
    apiUrl: flags.apiUrl ?? nonEmpty(env.HOOKLANE_API_URL),
    ingestUrl: flags.ingestUrl ?? nonEmpty(env.HOOKLANE_INGEST_URL),
    apiKey: flags.apiKey ?? nonEmpty(env.HOOKLANE_API_KEY),
  };
  const demo = given.apiUrl === undefined ? findDemo(cwd) : undefined;
  const apiUrl = given.apiUrl ?? demo?.apiUrl;
  const apiKey = given.apiKey ?? demo?.apiKey;
  if (apiUrl === undefined) {
    throw new UsageError(
      `Where is Hooklane? Give --api-url or HOOKLANE_API_URL, or run this where \`npm start\` runs (${DEMO_FILE} is in no folder from here up).`,
    );
  }
  if (apiKey === undefined) throw new UsageError("Which key? Give HOOKLANE_API_KEY or --api-key.");
  return {
    apiUrl: checkUrl(apiUrl, "--api-url"),
    ingestUrl: checkUrl(given.ingestUrl ?? demo?.ingestUrl ?? apiUrl, "--ingest-url"),
    apiKey,
    keySource: given.apiKey === undefined ? (demo?.file ?? DEMO_FILE) : keyGivenBy(flags),
  };
}

const keyGivenBy = ({ apiKey }: ConnectionFlags): string =>
  apiKey === undefined ? "HOOKLANE_API_KEY" : "--api-key";

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

function checkUrl(text: string, flag: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`${flag} is not a URL of http or https: ${text}`);
}

function findDemo(cwd: string): Demo | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, DEMO_FILE);
    const text = readIfThere(file);
    if (text !== undefined) return parseDemo(file, text);
    if (folder === dirname(folder)) return undefined;
  }
}

function readIfThere(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`${file} cannot be read; it is for whoever ran \`npm start\`.`);
  }
}

function parseDemo(file: string, text: string): Demo {
  try {
    const { apiKey, urls } = JSON.parse(text) as { apiKey: unknown; urls: { api: unknown; ingest: unknown } };
    if (typeof apiKey === "string" && typeof urls.api === "string" && typeof urls.ingest === "string") {
      return { file, apiKey, apiUrl: urls.api, ingestUrl: urls.ingest };
    }
  } catch {
    // Said below.
  }
  throw new UsageError(`${file} is not what \`npm start\` writes; start it again.`);
}
