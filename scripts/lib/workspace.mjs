import { randomBytes } from "node:crypto";
import { keepSecret, readKept } from "./kept-secret.mjs";
import { demoFile, operatorKeyFile } from "./paths.mjs";

const WORKSPACE_NAME = "demo";

/** The first start's contacts: one for each language a mail can be in. They reach the built-in mail catcher. */
const CONTACTS = [
  { email: "team@demo.localhost", language: "en" },
  { email: "equipe@demo.localhost", language: "fr" },
];

/** The operator's key: made once, kept with the data, given by `OPERATOR_KEY` when that is set. */
export function readOperatorKey(env) {
  if (env.OPERATOR_KEY !== undefined && env.OPERATOR_KEY !== "") return env.OPERATOR_KEY;
  const kept = readKept(operatorKeyFile);
  if (kept !== undefined) return kept;
  const key = `hl_operator_${randomBytes(24).toString("base64url")}`;
  keepSecret(operatorKeyFile, `${key}\n`);
  return key;
}

/** The workspace `demo` and a key for it: found when they exist, made when not. */
export async function ensureDemoWorkspace(apiUrl, operatorKey) {
  const api = new OperatorApi(apiUrl, operatorKey);
  const workspaceId = await findWorkspace(api);
  if (workspaceId === undefined) {
    const created = await api.call("POST", "/v1/workspaces", { name: WORKSPACE_NAME, contacts: CONTACTS });
    return { workspaceId: created.id, apiKey: created.apiKey };
  }
  const kept = readKeptKey(workspaceId);
  if (kept !== undefined && (await isKeyGood(apiUrl, kept))) return { workspaceId, apiKey: kept };
  // Keys are stored as hashes; a lost one cannot be read again, so there is a new one.
  const { apiKey } = await api.call("POST", `/v1/workspaces/${workspaceId}/api-keys`, { name: "npm start" });
  return { workspaceId, apiKey };
}

/** Writes `.hooklane/demo.json` for the user and for tools. It holds keys, so only the owner may read it. */
export function writeDemoFile(content) {
  keepSecret(demoFile, `${JSON.stringify(content, null, 2)}\n`);
}

async function findWorkspace(api) {
  let cursor = "";
  do {
    const page = await api.call("GET", `/v1/workspaces?limit=100${cursor}`);
    const found = page.data.find(({ name }) => name === WORKSPACE_NAME);
    if (found !== undefined) return found.id;
    cursor = page.nextCursor === null ? undefined : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== undefined);
  return undefined;
}

function readKeptKey(workspaceId) {
  try {
    const kept = JSON.parse(readKept(demoFile) ?? "");
    return kept.workspaceId === workspaceId ? kept.apiKey : undefined;
  } catch {
    return undefined;
  }
}

async function isKeyGood(apiUrl, apiKey) {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${apiUrl}/v1/workspace`, { headers, signal: AbortSignal.timeout(10_000) });
  await response.body?.cancel();
  return response.ok;
}

/** Calls of the operator (api.md §2). */
class OperatorApi {
  constructor(url, key) {
    this.url = url;
    this.key = key;
  }

  async call(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
