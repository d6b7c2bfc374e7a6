import type {
  CreatedWebhook,
  CreateWebhook,
  Delivery,
  PatchWebhook,
  TestDelivery,
  Webhook,
} from "./api.generated.js";
import { type ApiClient, type BodyOf, dataOf, type FilterOf } from "./api-client.js";
import { List } from "./list.js";

/** Which version of an object a change is meant for. */
export interface Expected {
  /** `version` as it was read; when it moved since, the call fails with `precondition_failed`. Default: whatever it is. */
  readonly version?: number | undefined;
}

/** The webhooks of the key's workspace. Every call throws HooklaneError. */
export class Webhooks {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  list(filter: FilterOf<"listWebhooks"> = {}): List<Webhook> {
    return new List((cursor) =>
      dataOf(this.#api.GET("/v1/webhooks", { params: { query: toQuery(filter, cursor) } })),
    );
  }

  get(id: string): Promise<Webhook> {
    return dataOf(this.#api.GET("/v1/webhooks/{id}", { params: { path: { id } } }));
  }

  /** The answer holds the signing secret, this once; of `ed25519` there is none to hold. */
  create(webhook: CreateWebhook): Promise<CreatedWebhook> {
    return dataOf(this.#api.POST("/v1/webhooks", { body: webhook }));
  }

  /**
   * Changes the fields given; null removes an optional one (JSON merge patch). The answer holds a new signing secret, this
   * once, where `signatureScheme` became `hmac-sha256`.
   */
  update(id: string, patch: PatchWebhook, expected: Expected = {}): Promise<CreatedWebhook> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.PATCH("/v1/webhooks/{id}", { params, body: patch }));
  }

  activate(id: string, body: BodyOf<"activateWebhook"> = {}, expected: Expected = {}): Promise<Webhook> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.POST("/v1/webhooks/{id}/activate", { params, body }));
  }

  deactivate(id: string, expected: Expected = {}): Promise<Webhook> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.POST("/v1/webhooks/{id}/deactivate", { params, body: {} }));
  }

  /**
   * Sends it the example of an event type: once, in its place in line, or at once to one that is switched off.
   *
   * @returns what became of it; `pending` when that takes longer than 10 s
   */
  test(id: string, eventType: string): Promise<TestDelivery> {
    return dataOf(
      this.#api.POST("/v1/webhooks/{id}/test", { params: { path: { id } }, body: { eventType } }),
    );
  }

  /** Cancels what is queued for it. */
  async delete(id: string, expected: Expected = {}): Promise<void> {
    const params = { path: { id }, header: toHeader(expected) };
    await this.#api.DELETE("/v1/webhooks/{id}", { params });
  }

  /** Its delivery log, newest first. */
  deliveries(id: string, filter: FilterOf<"listWebhookDeliveries"> = {}): List<Delivery> {
    return new List((cursor) =>
      dataOf(
        this.#api.GET("/v1/webhooks/{id}/deliveries", {
          params: { path: { id }, query: toQuery(filter, cursor) },
        }),
      ),
    );
  }
}

/** ETags are versions in quotes. */
export const toHeader = ({ version }: Expected) =>
  version === undefined ? {} : { "If-Match": `"${version}"` };

/** The query of one page. */
export function toQuery<Filter extends object>(
  filter: Filter,
  cursor: string | undefined,
): Filter & { cursor?: string } {
  return cursor === undefined ? filter : { ...filter, cursor };
}
