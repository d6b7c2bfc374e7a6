import { hash } from "node:crypto";
import type { WebhookId } from "@hooklane/core";

/** The id of the job that carries a recovery out: one for each time a webhook recovers. */
export const toRecoveryId = (webhookId: WebhookId, generation: number): string =>
  `job_${hash("sha256", `recovery\n${webhookId}\n${generation}`).slice(0, 24)}`;
