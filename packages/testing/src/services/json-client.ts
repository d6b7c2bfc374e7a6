import { Agent, request } from "undici";

/** What came back from one call. */
export interface JsonAnswer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed when the answer is JSON, otherwise `undefined`. */
  readonly body: T;
  /** The body as text. */
  readonly text: string;
}

/** An answer outside 2xx where one was required. */
export class UnexpectedAnswerError extends Error {
  override readonly name = "UnexpectedAnswerError";
  constructor(
    what: string,
    readonly answer: JsonAnswer<unknown>,
  ) {
    super(`${what} answered ${answer.status}: ${answer.text.slice(0, 1_000)}`);
  }
}

/** Calls a JSON API with one key. Keeps connections; `close()` ends them. */
export class JsonClient {
  readonly #agent = new Agent({ connections: 64 });

  constructor(
    readonly baseUrl: string,
    readonly key: string | undefined,
  ) {}

  /**
   * One call, whatever its answer. A string or bytes as body is sent as it is; anything else as JSON.
   *
   * @throws the connection's error
   */
  async call<T = unknown>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<JsonAnswer<T>> {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const answer = await request(`${this.baseUrl}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : raw ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const isJson = /[/+]json\b/.test(String(answer.headers["content-type"] ?? ""));
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (isJson && text !== "" ? JSON.parse(text) : undefined) as T,
      text,
    };
  }

  /**
   * One call that must succeed.
   *
   * @throws UnexpectedAnswerError when the status is not 2xx
   */
  async ask<T>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T> {
    const answer = await this.call<T>(method, path, body, headers);
    if (answer.status < 200 || answer.status > 299) {
      throw new UnexpectedAnswerError(`${method} ${path}`, answer);
    }
    return answer.body;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}
