import type { CreatedWebhook, Services, TestWorkspace, WebhookInput } from "@hooklane/testing";

const CALLS_AT_ONCE = 8;

/** Webhooks made through the API, several at a time; given in the order of their numbers. */
export async function createWebhooks(
  workspace: TestWorkspace,
  count: number,
  toInput: (n: number) => Partial<WebhookInput> & { readonly url: string },
): Promise<readonly CreatedWebhook[]> {
  const created: CreatedWebhook[] = [];
  let next = 0;
  const create = async () => {
    for (let n = next++; n < count; n = next++) created[n] = await workspace.createWebhook(toInput(n));
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, create));
  return created;
}

const COPIES_A_CALL = 1_000;

type StoredDocument = Readonly<Record<string, unknown>> & { readonly _id: string };

/**
 * Puts copies of a webhook that the API has stored beside it, each with an endpoint of its own: thousands in a second.
 * Services that were started before see them a little later.
 *
 * @param changes fields in which the copies differ
 */
export async function copyWebhook(
  { database }: Pick<Services, "database">,
  id: string,
  count: number,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const [webhooks, endpoints] = ["webhooks", "endpoints"].map((name) =>
    database.collection<StoredDocument>(name),
  );
  const webhook = await webhooks?.findOne({ _id: id });
  const endpoint = await endpoints?.findOne({ _id: String(webhook?.endpointId) });
  if (!webhook || !endpoint) throw new Error(`There is no webhook ${id}`);
  for (let from = 0; from < count; from += COPIES_A_CALL) {
    const numbers = Array.from({ length: Math.min(COPIES_A_CALL, count - from) }, (_, index) => from + index);
    const toEndpointId = (n: number) => `${endpoint._id}_${n}`;
    const toUrl = (n: number) => `${String(endpoint.url)}/${n}`;
    await endpoints?.insertMany(numbers.map((n) => ({ ...endpoint, _id: toEndpointId(n), url: toUrl(n) })));
    await webhooks?.insertMany(
      numbers.map((n) => ({
        ...webhook,
        ...changes,
        _id: `${id}_${n}`,
        endpointId: toEndpointId(n),
        url: toUrl(n),
      })),
    );
  }
}
