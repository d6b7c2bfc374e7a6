import { eventually, type TestWorkspace } from "@hooklane/testing";

/** A row of `GET /v1/deliveries`, as far as tests read it (api.md §2). */
export interface LoggedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly webhookId: string;
  readonly status: string;
  readonly attempts: readonly {
    readonly number: number;
    readonly trigger: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly statusCode?: number;
    readonly error?: string;
  }[];
}

/** Every delivery in the log of a webhook, page by page. */
export async function readDeliveries(
  workspace: TestWorkspace,
  webhookId: string,
): Promise<readonly LoggedDelivery[]> {
  const rows: LoggedDelivery[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const after = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/v1/deliveries?webhookId=${webhookId}&limit=100${after}`;
    const page: { data: LoggedDelivery[]; nextCursor: string | null } = await workspace.api.ask("GET", path);
    rows.push(...page.data);
    cursor = page.nextCursor;
  }
  return rows;
}

/** Waits until the log of a webhook holds so many deliveries of each status and no others. */
export function awaitStatuses(
  workspace: TestWorkspace,
  webhookId: string,
  expected: Readonly<Record<string, number>>,
): Promise<readonly LoggedDelivery[]> {
  const wanted = describe(expected);
  return eventually(
    async () => {
      const rows = await readDeliveries(workspace, webhookId);
      const found: Record<string, number> = {};
      for (const { status } of rows) found[status] = (found[status] ?? 0) + 1;
      if (describe(found) !== wanted) throw new Error(`there is ${describe(found)}`);
      return rows;
    },
    { what: `a delivery log of ${wanted}`, intervalMs: 100 },
  );
}

function describe(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b));
  return parts.map(([status, count]) => `${count} ${status}`).join(", ") || "nothing";
}
