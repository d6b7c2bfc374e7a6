import { type ApiClient, createApiClient, type HooklaneOptions, toBaseUrl } from "./api-client.js";
import { Deliveries } from "./deliveries.js";
import { Events } from "./events.js";
import { Webhooks } from "./webhooks.js";

/**
 * The HTTP API of Hooklane for one key (api.md §2).
 *
 * Calls are bounded in time; network errors, 429 and 503 are retried with growing pauses, as `Retry-After` says where it is
 * there. Writes carry an `Idempotency-Key`, so that a retry never does anything twice.
 *
 * ```ts
 * const hooklane = new Hooklane({ apiUrl, ingestUrl, apiKey });
 * await hooklane.events.send({ type: "contact.subscribed", data: { contact: { id: "c_1" } } });
 * for await (const delivery of hooklane.deliveries.list({ status: "dead_letter" })) console.log(delivery.id);
 * const { data } = await hooklane.api.GET("/v1/health"); // any other call, typed by its path
 * ```
 */
export class Hooklane {
  readonly webhooks: Webhooks;
  readonly events: Events;
  readonly deliveries: Deliveries;
  /** Every call there is. `POST /v1/events` is the ingestor's: {@link Events.send} goes there. */
  readonly api: ApiClient;

  /** @throws TypeError for a URL that is none, or an empty key */
  constructor(options: HooklaneOptions) {
    if (options.apiKey === "") throw new TypeError("apiKey is empty");
    this.api = createApiClient(options);
    this.webhooks = new Webhooks(this.api);
    this.events = new Events(this.api, toBaseUrl(options.ingestUrl ?? options.apiUrl, "ingestUrl"));
    this.deliveries = new Deliveries(this.api);
  }
}
