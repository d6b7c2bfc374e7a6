import { encodeResend, type OutgoingRecord } from "@hooklane/contracts";
import type { ContactId } from "@hooklane/core";
import type { ContactRepository } from "../audiences/contact-repository.js";
import type { EventLog } from "../event-log/event-log.js";
import type { WorkspaceRepository } from "../workspaces/workspace-repository.js";
import type { ResendOrder } from "./resend-order.js";

/** `routed`: it is in the event log, so it stood in line already. `expired`: the bytes are gone. */
export type MadeResend =
  | { readonly kind: "record"; readonly record: OutgoingRecord }
  | { readonly kind: "routed" }
  | { readonly kind: "expired" };

export interface ResendRecordsOptions {
  readonly eventLog: Pick<EventLog, "find" | "readOriginalBody">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly contacts: Pick<ContactRepository, "listDeleted">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
}

/** Makes the records of `events.v1` out of resends that were decided: reads the events' bytes (architecture.md §3). */
export class ResendRecords {
  readonly #options: ResendRecordsOptions;

  constructor(options: ResendRecordsOptions) {
    this.#options = options;
  }

  /**
   * @returns one entry an order, in their order
   * @throws the database's error; SecretError when bytes are sealed with a key this process does not have
   */
  async make(orders: readonly ResendOrder[]): Promise<readonly MadeResend[]> {
    const deleted = await this.#options.contacts.listDeleted(
      orders.flatMap(({ contactId }) => contactId ?? []),
    );
    const made: MadeResend[] = [];
    for (const order of orders) made.push(await this.#make(order, deleted));
    return made;
  }

  async #make({ bytesOf, ...order }: ResendOrder, deleted: ReadonlySet<ContactId>): Promise<MadeResend> {
    const { eventLog, workspaces, eventsTopic } = this.#options;
    const { workspaceId, recordId } = order;
    if (await eventLog.find(workspaceId, recordId)) return { kind: "routed" };
    const [body, workspace] = await Promise.all([
      eventLog.readOriginalBody(workspaceId, bytesOf),
      workspaces.find(workspaceId),
    ]);
    if (!body || !workspace) return { kind: "expired" };
    const isContactDeleted = order.contactId !== undefined && deleted.has(order.contactId);
    const meta = { ...order, ...(isContactDeleted && { isContactDeleted }) };
    return { kind: "record", record: encodeResend(eventsTopic, workspace.eventsPartition, meta, body) };
  }
}
