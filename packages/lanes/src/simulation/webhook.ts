import type { Batching, EndpointId, WebhookId, WebhookStatus, WorkspaceId } from "@hooklane/core";

/** A webhook as it is stored; every change makes a new one. */
export interface Webhook {
  readonly id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly endpointId: EndpointId;
  readonly type: "x" | "y" | undefined;
  readonly batching: Batching | undefined;
  readonly version: number;
  readonly generation: number;
  readonly status: WebhookStatus;
  readonly deletedAt: Date | undefined;
  /** Generation of its last plain activation (ADR 0019). */
  readonly owedSince: number;
  /** Its users never delete it, and switch it on by recovering only. */
  readonly recoversOnly: boolean;
}

/** Whether its deliveries are sent. */
export const isSentTo = ({ status, deletedAt }: Webhook): boolean =>
  deletedAt === undefined && (status === "active" || status === "recovering");
