import { type ApiClient, type BodyOf, dataOf, type FilterOf } from "./api-client.js";
import type { ArrivalAccepted, CreateArrival, Journey, JourneyPoint } from "./api.generated.js";
import { List } from "./list.js";
import { type Expected, toHeader, toQuery } from "./webhooks.js";

/** The journeys of the key's workspace. Every call throws HooklaneError. */
export class Journeys {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  list(filter: FilterOf<"listJourneys"> = {}): List<Journey> {
    return new List((cursor) =>
      dataOf(this.#api.GET("/v1/journeys", { params: { query: toQuery(filter, cursor) } })),
    );
  }

  get(id: string): Promise<Journey> {
    return dataOf(this.#api.GET("/v1/journeys/{id}", { params: { path: { id } } }));
  }

  /** Its points, oldest first. They are webhooks, too. */
  points(id: string, filter: FilterOf<"listJourneyPoints"> = {}): List<JourneyPoint> {
    return new List((cursor) => {
      const params = { path: { id }, query: toQuery(filter, cursor) };
      return dataOf(this.#api.GET("/v1/journeys/{id}/points", { params }));
    });
  }

  start(id: string, expected: Expected = {}): Promise<Journey> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.POST("/v1/journeys/{id}/start", { params, body: {} }));
  }

  /** What is queued for its points is skipped. */
  pause(id: string, expected: Expected = {}): Promise<Journey> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.POST("/v1/journeys/{id}/pause", { params, body: {} }));
  }

  resume(id: string, body: BodyOf<"resumeJourney"> = {}, expected: Expected = {}): Promise<Journey> {
    const params = { path: { id }, header: toHeader(expected) };
    return dataOf(this.#api.POST("/v1/journeys/{id}/resume", { params, body }));
  }

  /** Tells that a contact arrived at a point. Under an `id` of its own it is one arrival, however often it is told. */
  arrive(id: string, pointId: string, arrival: CreateArrival): Promise<ArrivalAccepted> {
    const params = { path: { id, pointId } };
    return dataOf(this.#api.POST("/v1/journeys/{id}/points/{pointId}/arrivals", { params, body: arrival }));
  }
}
