import { aWebhook, type WebhookInput } from "../builders/webhook.js";
import type { EventInput } from "../builders/event.js";
import { type JsonAnswer, JsonClient } from "./json-client.js";

/** What `POST /v1/webhooks` answers, as far as tests read it (api.md §2). */
export interface CreatedWebhook {
  readonly id: string;
  readonly endpointId: string;
  readonly generation: number;
  readonly status: string;
  /** Of scheme `hmac-sha256`, the default. */
  readonly secret: string;
  /** Of scheme `ed25519`. */
  readonly publicKeys?: readonly { readonly key: string; readonly expiresAt?: string }[];
  readonly url: string;
}

/** What `POST /v1/events` answers for one event. */
export interface AcceptedEvent {
  readonly id: string;
  readonly status: "accepted" | "suppressed";
}

/** A workspace made through the operator API, and calls with its key. */
export class TestWorkspace {
  readonly api: JsonClient;
  readonly ingest: JsonClient;

  constructor(
    readonly id: string,
    readonly apiKey: string,
    urls: { readonly api: string; readonly ingest: string },
  ) {
    this.api = new JsonClient(urls.api, apiKey);
    this.ingest = new JsonClient(urls.ingest, apiKey);
  }

  createWebhook(input: Partial<WebhookInput> & { readonly url: string }): Promise<CreatedWebhook> {
    return this.api.ask<CreatedWebhook>("POST", "/v1/webhooks", aWebhook(input));
  }

  readWebhook(id: string): Promise<CreatedWebhook & { readonly disabled?: { readonly reason: string } }> {
    return this.api.ask("GET", `/v1/webhooks/${id}`);
  }

  /** @throws UnexpectedAnswerError unless the event was taken */
  send(event: EventInput): Promise<AcceptedEvent> {
    return this.ingest.ask<AcceptedEvent>("POST", "/v1/events", event);
  }

  /** Up to 500 events in one call, in order. */
  sendMany(events: readonly EventInput[]): Promise<JsonAnswer<unknown>> {
    return this.ingest.call("POST", "/v1/events", { events });
  }

  async close(): Promise<void> {
    await Promise.all([this.api.close(), this.ingest.close()]);
  }
}
