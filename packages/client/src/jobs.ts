import { type ApiClient, dataOf } from "./api-client.js";
import type { Job } from "./api.generated.js";

/** What was begun and takes its time: resends of many, recoveries. Every call throws HooklaneError. */
export class Jobs {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get(id: string): Promise<Job> {
    return dataOf(this.#api.GET("/v1/jobs/{id}", { params: { path: { id } } }));
  }

  /** Ends it where it is; what is in line stays there. A recovery ends with its webhook: deactivate that. */
  cancel(id: string): Promise<Job> {
    return dataOf(this.#api.POST("/v1/jobs/{id}/cancel", { params: { path: { id } }, body: {} }));
  }
}
