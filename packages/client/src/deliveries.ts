import type { Delivery, ResendAccepted, ResendMany, ResendManyAnswer } from "./api.generated.js";
import { type ApiClient, dataOf, type FilterOf } from "./api-client.js";
import { List } from "./list.js";
import { toQuery } from "./webhooks.js";

/** What to look for in the delivery log. */
export type DeliveryFilter = FilterOf<"listDeliveries">;

/** The delivery log of the key's workspace: one event to one webhook each. Every call throws HooklaneError. */
export class Deliveries {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  /** Newest first. */
  list(filter: DeliveryFilter = {}): List<Delivery> {
    return new List((cursor) =>
      dataOf(this.#api.GET("/v1/deliveries", { params: { query: toQuery(filter, cursor) } })),
    );
  }

  get(id: string): Promise<Delivery> {
    return dataOf(this.#api.GET("/v1/deliveries/{id}", { params: { path: { id } } }));
  }

  /** Puts it at the end of its endpoint's line once more. */
  resend(id: string): Promise<ResendAccepted> {
    return dataOf(this.#api.POST("/v1/deliveries/{id}/resend", { params: { path: { id } }, body: {} }));
  }

  /** Counts what a filter has and, unless `dryRun` is given, starts a job that resends it. */
  resendMany(body: ResendMany): Promise<ResendManyAnswer> {
    return dataOf(this.#api.POST("/v1/deliveries/resend-many", { body }));
  }
}
