import type { ContactImportError, ContactImportJob } from "./api.generated.js";
import { type ApiClient, dataOf, type FilterOf } from "./api-client.js";
import { List } from "./list.js";
import { callWithRetries, type RetryingFetchOptions } from "./retrying-fetch.js";
import { toQuery } from "./webhooks.js";

/** How uploads are made, beside how calls are. */
export interface UploadAccess extends RetryingFetchOptions {
  /** Of the API, without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** Contacts to import. */
export interface ContactUpload {
  readonly contentType: "text/csv" | "application/x-ndjson" | "application/json";
  /** `await openAsBlob(path)` of `node:fs` reads a file while it is sent. */
  readonly body: Blob;
}

export interface ImportOptions {
  /** False: contacts the audience has are left as they are (default true). */
  readonly update?: boolean | undefined;
  /** Every contact gets them; the audience has to have them. */
  readonly tags?: readonly string[] | undefined;
  /** Of one try, milliseconds (default 300,000: as long as the API reads). */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 300_000;

/** Imports of contacts into audiences. Every call throws HooklaneError. */
export class ContactImports {
  readonly #api: ApiClient;
  readonly #access: UploadAccess;

  constructor(api: ApiClient, access: UploadAccess) {
    this.#api = api;
    this.#access = access;
  }

  /** Uploads contacts. @returns the job that writes them once all are there; `jobs.get` tells how far it is */
  async begin(
    audienceId: string,
    { contentType, body }: ContactUpload,
    { update = true, tags = [], timeoutMs = TIMEOUT_MS }: ImportOptions = {},
  ): Promise<ContactImportJob> {
    const { url, headers, signal, ...how } = this.#access;
    const query = new URLSearchParams({ update: String(update) });
    if (tags.length > 0) query.set("tags", tags.join(","));
    const call = {
      url: `${url}/v1/audiences/${encodeURIComponent(audienceId)}/imports?${query.toString()}`,
      method: "POST",
      headers: new Headers({
        ...headers,
        "content-type": contentType,
        "idempotency-key": crypto.randomUUID(),
      }),
      body,
    };
    const never = new AbortController().signal;
    const response = await callWithRetries(call, signal ?? never, { ...how, timeoutMs });
    return (await response.json()) as ContactImportJob;
  }

  /** Newest first. */
  list(audienceId: string, filter: FilterOf<"listContactImports"> = {}): List<ContactImportJob> {
    const path = { id: audienceId };
    return new List((cursor) =>
      dataOf(
        this.#api.GET("/v1/audiences/{id}/imports", { params: { path, query: toQuery(filter, cursor) } }),
      ),
    );
  }

  /** What was wrong with its lines, in their order. */
  errors(
    audienceId: string,
    job: string,
    filter: FilterOf<"listContactImportErrors"> = {},
  ): List<ContactImportError> {
    const path = { id: audienceId, job };
    return new List((cursor) =>
      dataOf(
        this.#api.GET("/v1/audiences/{id}/imports/{job}/errors", {
          params: { path, query: toQuery(filter, cursor) },
        }),
      ),
    );
  }
}
