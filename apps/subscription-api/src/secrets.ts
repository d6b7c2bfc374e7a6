import { randomBytes } from "node:crypto";

/** A new API key, with 256 random bits. Shown once, then only its hash is known. */
export const newApiKey = (): string => `hl_live_${randomBytes(32).toString("base64url")}`;

/** A new signing secret in the form of Standard Webhooks, with 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;
