import createClient, { type Client } from "openapi-fetch";
import type { operations, paths } from "./api.generated.js";
import { HooklaneError } from "./hooklane-error.js";
import { fetchWithRetries, sleep } from "./retrying-fetch.js";

/** Where the API is, and with which key. */
export interface HooklaneOptions {
  /** `https://hooklane.example.org`; of the subscription-api. */
  readonly apiUrl: string;
  /** Of the event-ingestor. Default: `apiUrl`, for installations with one front. */
  readonly ingestUrl?: string | undefined;
  /** `hl_live_…`, or the operator's key. Left out only where `headers` name the caller. */
  readonly apiKey?: string | undefined;
  /** Sent with every call, beside the key or, where the browser has a session, in its place. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of one try, milliseconds (default 30,000). */
  readonly timeoutMs?: number | undefined;
  /** Tries after the first, from 0 (default 3). */
  readonly retriesMax?: number | undefined;
  /** Ends every call that is being made, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Every call of the API by its path, typed from the OpenAPI document. Answers outside 2xx throw {@link HooklaneError}, so
 * `data` is there wherever the call answers with a body.
 */
export type ApiClient = Client<paths>;

const TIMEOUT_MS = 30_000;
const RETRIES_MAX = 3;

/** How calls are made, with what was not said. */
export const toCallOptions = ({
  timeoutMs = TIMEOUT_MS,
  retriesMax = RETRIES_MAX,
  fetch = globalThis.fetch,
}: HooklaneOptions) => ({
  // Called by itself: a browser's refuses to be a method of something else.
  fetch: ((input, init) => fetch(input, init)) as typeof globalThis.fetch,
  timeoutMs,
  retriesMax,
  sleep,
  random: Math.random,
});

/** What names the caller. */
export const toKeyHeaders = ({ apiKey, headers }: HooklaneOptions): Readonly<Record<string, string>> => ({
  ...headers,
  ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
});

/** Makes the typed client with the key, the time limit and the retries. @throws TypeError for a URL that is none */
export function createApiClient(options: HooklaneOptions): ApiClient {
  const how = toCallOptions(options);
  return createClient<paths>({
    baseUrl: toBaseUrl(options.apiUrl, "apiUrl"),
    headers: toKeyHeaders(options),
    ...(options.signal && { signal: options.signal }),
    fetch: (request) => fetchWithRetries(request, how),
  });
}

/** @throws TypeError that names the option */
export function toBaseUrl(text: string, option: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new TypeError(`${option} is not a URL of http or https: ${text}`);
  }
  return text.replace(/\/+$/, "");
}

/** The body a call answers with. @throws HooklaneError when there is none */
export async function dataOf<Data>(call: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  const { data, response } = await call;
  if (data === undefined) {
    const detail = `HTTP ${response.status} without the body that belongs to it`;
    throw new HooklaneError({ code: "unexpected_answer", detail, status: response.status });
  }
  return data;
}

/** The query of a list call, less what the list itself sees to. */
export type FilterOf<Id extends keyof operations> = Omit<
  NonNullable<operations[Id]["parameters"]["query"]>,
  "cursor"
>;

/** The JSON body of a call. */
export type BodyOf<Id extends keyof operations> =
  NonNullable<operations[Id]["requestBody"]> extends { content: { "application/json": infer Body } }
    ? Body
    : never;
