import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiKeyId, WorkspaceId } from "@hooklane/core";
import { type ApiKeyRepository, apiKeyState, type AuditActor, type KeyUseRecorder } from "@hooklane/store";
import { type Answer, refusal } from "./answer.js";
import type { Access } from "./operation.js";

/** Whom a key belongs to. */
export type Caller =
  | { readonly kind: "operator"; readonly key: string }
  | {
      readonly kind: "workspace";
      readonly key: string;
      readonly keyId: ApiKeyId;
      readonly workspaceId: WorkspaceId;
      readonly scopes: readonly string[];
    };

/** Who a request's key says it is. */
export type Identified =
  | { readonly kind: "known"; readonly caller: Caller }
  /** Why it opens nothing; read by who has the key. */
  | { readonly kind: "refused"; readonly detail: string };

const BEARER = /^Bearer ([\x21-\x7e]{1,300})$/i;

/** SHA-256 of a key, lower-case hex: what is stored of it. */
export const hashKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Knows keys. Every call reads the key anew: one that is revoked is refused from then on. */
export class Authenticator {
  readonly #operatorHash: string;
  readonly #apiKeys: Pick<ApiKeyRepository, "findByHash">;
  readonly #uses: Pick<KeyUseRecorder, "note">;
  readonly #now: () => Date;

  constructor(options: {
    readonly operatorKey: string;
    readonly apiKeys: Pick<ApiKeyRepository, "findByHash">;
    readonly uses: Pick<KeyUseRecorder, "note">;
    readonly now: () => Date;
  }) {
    this.#operatorHash = hashKey(options.operatorKey);
    this.#apiKeys = options.apiKeys;
    this.#uses = options.uses;
    this.#now = options.now;
  }

  async identify(authorization: string | undefined): Promise<Identified> {
    const key = BEARER.exec(authorization ?? "")?.[1];
    if (key === undefined) return refused("Send a key: Authorization: Bearer <key>.");
    const hash = hashKey(key);
    if (isSame(hash, this.#operatorHash)) return { kind: "known", caller: { kind: "operator", key } };
    const found = await this.#apiKeys.findByHash(hash);
    if (!found || !isSame(found.hash, hash)) return refused("Nobody has this key.");
    const at = this.#now();
    switch (apiKeyState(found, at)) {
      case "revoked":
        return refused("The key is revoked.");
      case "expired":
        return refused(`The key expired on ${found.expiresAt?.toISOString() ?? ""}.`);
      case "usable": {
        this.#uses.note(found._id, at);
        const { _id: keyId, workspaceId, scopes } = found;
        return { kind: "known", caller: { kind: "workspace", key, keyId, workspaceId, scopes } };
      }
    }
  }
}

const refused = (detail: string): Identified => ({ kind: "refused", detail });

/** The caller as the audit log names it. */
export const toActor = (caller: Caller): AuditActor =>
  caller.kind === "operator" ? { kind: "operator" } : { kind: "api_key", id: caller.keyId };

/** Why the caller may not; undefined when it may. */
export function whyNotAllowed(caller: Caller, allowed: Access): Answer | undefined {
  if (allowed === "operator_or_read" && caller.kind === "operator") return undefined;
  const access = allowed === "operator_or_read" ? "read" : allowed;
  if (access === "operator") {
    return caller.kind === "operator"
      ? undefined
      : refusal("forbidden", "This call takes the operator's key.");
  }
  if (caller.kind === "operator") return refusal("forbidden", "This call takes a workspace's key.");
  return caller.scopes.includes(access)
    ? undefined
    : refusal("forbidden", `The key lacks the scope ${access}.`);
}

/** Takes the same time whatever differs. Both are SHA-256 in hex, so of one length. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));
