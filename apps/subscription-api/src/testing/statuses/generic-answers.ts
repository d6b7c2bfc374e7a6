import { OPERATOR_KEY, type TestAnswer } from "../test-api.js";
import type { Documented } from "./documented.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

/** The worlds answers are provoked in. */
export interface StatusWorlds {
  readonly sound: StatusWorld;
  /** Its keys have but few calls. */
  readonly exhausted: StatusWorld;
  /** Its database answers with errors nobody foresaw. */
  readonly broken: StatusWorld;
  /** What an operation answers while the database is away. */
  readonly whileAway: (operation: Documented) => Promise<TestAnswer>;
}

interface Provoked {
  readonly operation: Documented;
  /** A request to the sound world that would succeed. */
  readonly good: GoodRequest;
  readonly worlds: StatusWorlds;
}

type Provoke = (provoked: Provoked) => Promise<TestAnswer>;

const TOO_LONG = "x".repeat(1024 * 1024);
const STALE = { "if-match": '"999999"' };

/** The same request with a query of its own. */
function withQuery({ operation, good }: Provoked, query: string): GoodRequest {
  const path = good.path ?? operation.path;
  return { ...good, path: `${path}${path.includes("?") ? "&" : "?"}${query}` };
}

/** Answers that are provoked alike whatever the operation. Others stand in `special-answers`. */
export const GENERIC_ANSWERS: Readonly<Record<string, Provoke>> = {
  unauthorized: ({ operation, good, worlds }) => worlds.sound.send(operation, good, { key: null }),

  /** A key of the other kind; where both open it, one that has no scope for it. */
  forbidden: ({ operation, good, worlds: { sound } }) => {
    const isOperators = operation.keys.every((name) => name === "operatorKey");
    const isWorkspaces = operation.keys.every((name) => name === "workspaceKey");
    const key = isOperators ? sound.workspace.apiKey : isWorkspaces ? OPERATOR_KEY : sound.ingestKey;
    return sound.send(operation, good, { key });
  },

  malformed_json: ({ operation, good, worlds }) => worlds.sound.send(operation, good, { rawBody: "{" }),
  body_too_large: ({ operation, good, worlds }) =>
    worlds.sound.send(operation, good, { rawBody: JSON.stringify(TOO_LONG) }),
  unsupported_media_type: ({ operation, good, worlds }) =>
    worlds.sound.send(operation, good, { rawBody: "x", headers: { "content-type": "text/plain" } }),

  /** A field, or a parameter, or a header that is none. */
  validation_failed: (provoked) => {
    const { operation, good, worlds } = provoked;
    if (operation.method === "GET") return worlds.sound.send(operation, withQuery(provoked, "nobodys=1"));
    if (operation.hasBody)
      return worlds.sound.send(operation, { ...good, body: { ...good.body, nobodys: 1 } });
    return worlds.sound.send(operation, good, { headers: { "idempotency-key": "x".repeat(256) } });
  },
  invalid_cursor: (provoked) =>
    provoked.worlds.sound.send(provoked.operation, withQuery(provoked, "cursor=x")),

  precondition_failed: ({ operation, good, worlds }) =>
    worlds.sound.send(operation, good, { headers: STALE }),

  /** The key was used by another call of the same owner before. */
  idempotency_conflict: async ({ operation, good, worlds: { sound } }) => {
    const headers = { "idempotency-key": sound.unique("k") };
    const isOperators = sound.keyOf(operation) === OPERATOR_KEY;
    const [path, body] = isOperators
      ? ["/v1/plans/families/audience", {}]
      : ["/v1/api-keys", { name: "first" }];
    const first = await sound.api.call("POST", path, { key: sound.keyOf(operation), body, headers });
    if (first.status >= 300) throw new Error(first.text);
    return sound.send(operation, good, { headers });
  },

  /** Nothing of the last parameter's name. Ids have the form of their kind. */
  not_found: ({ operation, good, worlds }) => {
    const path = (good.path ?? "").split("/");
    const at = operation.path.split("/").findLastIndex((step) => step.startsWith("{"));
    path[at] = `${/^[a-z]+_/.exec(path[at] ?? "")?.[0] ?? ""}nobody`;
    return worlds.sound.send(operation, { ...good, path: path.join("/") });
  },

  /** What it may do is little and comes back after a while. */
  rate_limited: async ({ operation, good, worlds: { exhausted } }) => {
    for (;;) {
      const answer = await exhausted.send(operation, good);
      if (answer.status === 429) return answer;
    }
  },
  internal: ({ operation, good, worlds }) => worlds.broken.send(operation, good),
  unavailable: ({ operation, worlds }) => worlds.whileAway(operation),
};
