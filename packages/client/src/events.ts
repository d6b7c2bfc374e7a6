import type {
  Event,
  EventWithData,
  Explanation,
  IngestAccepted,
  IngestEvent,
  IngestResult,
  ResendAccepted,
  ResendEvent,
} from "./api.generated.js";
import { type ApiClient, dataOf, type FilterOf } from "./api-client.js";
import { HooklaneError } from "./hooklane-error.js";
import { List } from "./list.js";
import { toQuery } from "./webhooks.js";

/** What to look for in the event log. */
export type EventFilter = FilterOf<"listEvents">;

/** An event to send; only `type` and `data` have to be there. */
export type SentEvent = IngestEvent;

/** Events: sending them, and the log of those accepted. Every call throws HooklaneError. */
export class Events {
  readonly #api: ApiClient;
  readonly #ingestUrl: string;

  constructor(api: ApiClient, ingestUrl: string) {
    this.#api = api;
    this.#ingestUrl = ingestUrl;
  }

  /** Resolves once the broker has it. A repeated `id` is accepted again and delivered once. */
  async send(event: SentEvent): Promise<IngestAccepted> {
    const answer = await this.#post(event);
    if ("results" in answer) throw unlike("one event");
    return answer;
  }

  /** Up to 500 in one call, in order; what is wrong with one does not touch the others. */
  async sendMany(events: readonly SentEvent[]): Promise<readonly IngestResult[]> {
    const answer = await this.#post({ events: [...events] });
    if (!("results" in answer)) throw unlike("several events");
    return answer.results;
  }

  /** The log, newest first. */
  list(filter: EventFilter = {}): List<Event> {
    return new List((cursor) =>
      dataOf(this.#api.GET("/v1/events", { params: { query: toQuery(filter, cursor) } })),
    );
  }

  get(id: string): Promise<EventWithData> {
    return dataOf(this.#api.GET("/v1/events/{id}", { params: { path: { id } } }));
  }

  /** Which webhooks got it, and why each of the others did not. */
  explain(id: string): Promise<Explanation> {
    return dataOf(this.#api.GET("/v1/events/{id}/explain", { params: { path: { id } } }));
  }

  /** Sends it once more to every webhook it matched, or to one of them. */
  resend(id: string, body: ResendEvent = {}): Promise<ResendAccepted> {
    return dataOf(this.#api.POST("/v1/events/{id}/resend", { params: { path: { id } }, body }));
  }

  #post(body: SentEvent | { events: SentEvent[] }) {
    return dataOf(this.#api.POST("/v1/events", { baseUrl: this.#ingestUrl, body }));
  }
}

const unlike = (what: string): HooklaneError =>
  new HooklaneError({ code: "unexpected_answer", detail: `The answer is not one to ${what}` });
