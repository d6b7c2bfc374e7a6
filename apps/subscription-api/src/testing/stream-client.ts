import { type StreamEvent, streamEvent } from "@hooklane/contracts";
import { eventually } from "@hooklane/testing";

/** A client of `GET /v1/stream` that keeps what comes, by the letter of the format: nothing of ours reads for it. */
export class StreamClient {
  readonly events: StreamEvent[] = [];
  readonly #response: Response;
  readonly #stop: AbortController;
  #text = "";
  #isOver = false;

  private constructor(response: Response, stop: AbortController) {
    this.#response = response;
    this.#stop = stop;
    void this.#read();
  }

  static async open(
    url: string,
    { key, query = "", lastEventId }: { key: string; query?: string; lastEventId?: string | undefined },
  ): Promise<StreamClient> {
    const stop = new AbortController();
    const headers = {
      authorization: `Bearer ${key}`,
      ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
    };
    const response = await fetch(`${url}/v1/stream${query}`, { headers, signal: stop.signal });
    return new StreamClient(response, stop);
  }

  get status(): number {
    return this.#response.status;
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  /** As it came. */
  get text(): string {
    return this.#text;
  }

  /** Whether the server ended it, or cut it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get lastEventId(): string | undefined {
    return this.events.at(-1)?.id;
  }

  /** All but pings, in short. */
  get told(): readonly string[] {
    return this.events.flatMap(({ event, data }) => {
      switch (event) {
        case "delivery":
          return [`${data.id} ${data.status}`];
        case "webhook":
          return [`${data.id} ${data.status} v${data.version}`];
        case "quota":
          return [`quota ${data.used}`];
        case "reset":
          return [`reset ${data.reason}`];
        case "ping":
          return [];
      }
    });
  }

  /** Resolves with what was told, once it is so much. */
  async waitFor(count: number): Promise<readonly string[]> {
    return eventually(() => this.told.length >= count && this.told, {
      what: `${count} events, of which there are: ${this.told.join(", ")}`,
    });
  }

  /** Resolves once the server sent its first ping: from then on it is live, or catches up. */
  async ready(): Promise<this> {
    await eventually(() => this.events.length > 0, { what: "the first event of a stream" });
    return this;
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for await (const chunk of this.#response.body ?? []) {
        const text = decoder.decode(chunk as Uint8Array, { stream: true });
        this.#text += text;
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Cut, by one side or the other.
    }
    this.#isOver = true;
  }

  #take(block: string): void {
    const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    const [event, id, data] = ["event", "id", "data"].map((name) => fields.get(name));
    if (event === undefined || id === undefined || data === undefined) return;
    this.events.push(streamEvent.parse({ event, id, data: JSON.parse(data) as unknown }));
  }
}
