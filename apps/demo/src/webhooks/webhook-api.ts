import { z } from "zod";

const webhook = z.object({ id: z.string(), name: z.string(), url: z.string() });
const createdWebhook = webhook.extend({ secret: z.string() });
const webhookList = z.object({ data: z.array(webhook), nextCursor: z.string().nullable() });

/** A webhook as the demo needs to know it. */
export type ListedWebhook = z.output<typeof webhook>;
export type CreatedWebhook = z.output<typeof createdWebhook>;

const TIME_LIMIT_MS = 10_000;

/** The few calls of the management API the demo makes, as any client of it would. */
export class WebhookApi {
  readonly #baseUrl: string;
  readonly #apiKey: string;

  constructor(baseUrl: string, apiKey: string) {
    this.#baseUrl = baseUrl;
    this.#apiKey = apiKey;
  }

  async list(signal: AbortSignal): Promise<readonly ListedWebhook[]> {
    const found: ListedWebhook[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page = webhookList.parse(await this.#call("GET", `/v1/webhooks?limit=100${after}`, signal));
      found.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  async create(body: object, signal: AbortSignal): Promise<CreatedWebhook> {
    return createdWebhook.parse(await this.#call("POST", "/v1/webhooks", signal, body));
  }

  async delete(id: string, signal: AbortSignal): Promise<void> {
    await this.#call("DELETE", `/v1/webhooks/${encodeURIComponent(id)}`, signal);
  }

  async #call(method: string, path: string, signal: AbortSignal, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      headers: {
        authorization: `Bearer ${this.#apiKey}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}
