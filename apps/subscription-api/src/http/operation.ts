import type { ProblemCode } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import type { z } from "zod";
import type { Answer } from "./answer.js";

/** Who may call: the operator, a workspace's key with a scope, or the operator and keys that read. */
export type Access = "operator" | "read" | "write" | "operator_or_read";

/** What an answer without an end needs to know of who gets it. */
export interface Standing {
  /** Where the client was; undefined: it begins. */
  readonly lastEventId: string | undefined;
  /** Whether the key still opens the call. @throws when the database is away */
  readonly isStillAllowed: () => Promise<boolean>;
}

/** A request as operations get it: everything parsed. */
export interface Call<Query, Body> {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** From `If-Match`; absent: whatever the version. */
  readonly expectedVersion: number | undefined;
  readonly standing: Standing;
}

export interface WorkspaceCall<Query, Body> extends Call<Query, Body> {
  readonly workspaceId: WorkspaceId;
}

/** A body as it comes. */
export interface BodyStream {
  /** Without its parameters, in lower case; one the operation takes. */
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What became of a body that was taken as it came. */
export type Received =
  | {
      readonly kind: "received";
      /** Handed to `handle` as the call's body. */
      readonly body: unknown;
      /** Called when the call is answered, however: drops what of it `handle` made nothing of. Does not throw. */
      readonly release: () => Promise<void>;
    }
  | { readonly kind: "refused"; readonly answer: Answer };

/**
 * Takes a body that is too long to be read and checked whole. It is taken before the call, outside of any transaction;
 * a repeat with the same `Idempotency-Key` has it taken once more, and is told from another call by a hash of its bytes.
 */
export interface StreamedBody {
  /** What it may be, by content type. Stands for the documentation only. */
  readonly content: Readonly<Record<string, z.ZodType>>;
  readonly bytesMax: number;
  /** Keeps what it takes where nobody sees it before `handle` says so. */
  readonly receive: (call: AnyCall, body: BodyStream) => Promise<Received>;
}

/** One route: what is served and what is documented come from the same description. */
export interface Operation {
  readonly method: "get" | "post" | "patch" | "delete";
  /** `/v1/webhooks/{id}` */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body stands for the documentation only and is handed on unchecked: a merge patch is checked merged. */
  readonly isBodyChecked?: boolean;
  /** Takes its body as it comes, instead of `body`. */
  readonly streamedBody?: StreamedBody;
  /** Takes `If-Match`. */
  readonly isConditional?: boolean;
  /** Succeeds with server-sent events, of which `success.body` is one, and takes `Last-Event-ID`. */
  readonly isStream?: boolean;
  readonly success: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    readonly body?: z.ZodType;
  };
  /** Beside those every operation of its access can answer with. */
  readonly problems: readonly ProblemCode[];
  /**
   * What it changes, it changes by repositories. A call with an `Idempotency-Key` is one transaction and runs again when
   * that does, so it has no effects outside of the database: those stand in its answer.
   */
  readonly handle: (call: AnyCall) => Promise<Answer>;
}

/** A call of whatever operation. */
export type AnyCall = WorkspaceCall<unknown, unknown>;

type Described<Query extends z.ZodObject, Body extends z.ZodType, HandledCall> = Omit<
  Operation,
  "access" | "query" | "body" | "handle"
> & {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (call: HandledCall) => Promise<Answer>;
};

/** Describes a route of a workspace. */
export function workspaceOperation<Query extends z.ZodObject, Body extends z.ZodType>(
  described: Described<Query, Body, WorkspaceCall<z.output<Query>, z.output<Body>>> & {
    readonly access: "read" | "write";
  },
): Operation {
  // The router parses with these very schemas before it calls.
  return { ...described, handle: (call) => described.handle(call as never) };
}

/** Describes a route for the operator, who has no workspace, and for workspaces' keys that read. */
export function sharedOperation<Query extends z.ZodObject, Body extends z.ZodType>(
  described: Described<
    Query,
    Body,
    Call<z.output<Query>, z.output<Body>> & { readonly workspaceId: WorkspaceId | undefined }
  >,
): Operation {
  return {
    ...described,
    access: "operator_or_read",
    handle: ({ workspaceId, ...call }) =>
      described.handle({ ...call, workspaceId: workspaceId.length > 0 ? workspaceId : undefined } as never),
  };
}

/** Describes a route of the operator: there is no workspace the call is bound to. */
export function operatorOperation<Query extends z.ZodObject, Body extends z.ZodType>(
  described: Described<Query, Body, Call<z.output<Query>, z.output<Body>>>,
): Operation {
  return { ...described, access: "operator", handle: (call) => described.handle(call as never) };
}
