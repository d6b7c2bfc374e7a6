import {
  type ApiClient,
  createApiClient,
  type HooklaneOptions,
  toBaseUrl,
  toCallOptions,
  toKeyHeaders,
} from "./api-client.js";
import { ContactImports } from "./contact-imports.js";
import { Deliveries } from "./deliveries.js";
import { Events } from "./events.js";
import { Jobs } from "./jobs.js";
import { Journeys } from "./journeys.js";
import {
  followStream,
  type LiveEvent,
  type StreamAccess,
  type StreamFilter,
  type StreamOptions,
} from "./live-stream.js";
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
  readonly jobs: Jobs;
  readonly journeys: Journeys;
  readonly contactImports: ContactImports;
  /** Every call there is. `POST /v1/events` is the ingestor's: {@link Events.send} goes there. */
  readonly api: ApiClient;
  readonly #live: StreamAccess;

  /** @throws TypeError for a URL that is none, or an empty or missing key */
  constructor(options: HooklaneOptions) {
    if (options.apiKey === "") throw new TypeError("apiKey is empty");
    if (options.apiKey === undefined && options.headers === undefined)
      throw new TypeError("apiKey is missing: give it, or the headers that name the caller");
    this.api = createApiClient(options);
    this.webhooks = new Webhooks(this.api);
    this.events = new Events(this.api, toBaseUrl(options.ingestUrl ?? options.apiUrl, "ingestUrl"));
    this.deliveries = new Deliveries(this.api);
    this.jobs = new Jobs(this.api);
    this.journeys = new Journeys(this.api);
    this.contactImports = new ContactImports(this.api, {
      ...toCallOptions(options),
      url: toBaseUrl(options.apiUrl, "apiUrl"),
      headers: toKeyHeaders(options),
      signal: options.signal,
    });
    this.#live = {
      ...toCallOptions(options),
      url: `${toBaseUrl(options.apiUrl, "apiUrl")}/v1/stream`,
      headers: toKeyHeaders(options),
      signal: options.signal,
    };
  }

  /**
   * What happens in the workspace, as it happens: deliveries in each of their states, webhooks, the error quota. Goes on
   * over lost connections from where it was, and ends with the signal. Who falls behind reads on at its own pace, up to
   * an hour; later there is an event `reset`, and the lists have to be read again.
   *
   * ```ts
   * for await (const event of hooklane.stream({ status: "dead_letter" }, { signal })) {
   *   if (event.event === "delivery") console.log(event.data.id);
   * }
   * ```
   *
   * @throws HooklaneError from the iteration: when the API refuses it, or cannot be reached at first
   */
  stream(filter: StreamFilter = {}, options: StreamOptions = {}): AsyncGenerator<LiveEvent, void, undefined> {
    return followStream(filter, options, this.#live);
  }
}
