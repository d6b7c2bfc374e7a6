import {
  type EndpointId,
  type Plan,
  type WebhookId,
  type WebhookStatus,
  type WorkspaceId,
} from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import { type EndpointPlace, EndpointRepository } from "../endpoints/endpoint-repository.js";
import { modelOf } from "../model-options.js";
import { type ControlPayload, Outbox, type OutboxEntry, toControlEntry } from "../outbox/outbox.js";
import { readPlanOf } from "../plans/read-plan.js";
import { underPlan } from "../plans/under-plan.js";
import { toRecoveryDocument } from "../recoveries/recovery.js";
import { RecoveryRepository } from "../recoveries/recovery-repository.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import { WORKSPACES, type WorkspaceDocument } from "../workspaces/workspace.js";
import { writeChanges } from "../write-changes.js";
import { placeOnLine } from "./line-change.js";
import { type WebhookDocument, webhookSchema, WEBHOOKS } from "./webhook.js";

/** A webhook to be made; version, generation and endpoint are given here. */
export type NewWebhook = Omit<
  WebhookDocument,
  "endpointId" | "version" | "generation" | "updatedAt" | "deletedAt"
>;

/** What the caller believes the webhook to be; a difference is an outcome, not an error. */
export interface ExpectedWebhook {
  /** Another workspace's webhook is `not_found`. */
  readonly workspaceId?: WorkspaceId;
  readonly version?: number;
  readonly generation?: number;
}

/** Which webhooks of a workspace. */
export interface WebhookSelection extends Partial<
  Pick<WebhookDocument, "kind" | "journeyId" | "campaignId" | "status">
> {
  /** In the name or the URL, whatever the case. */
  readonly search?: string;
}

/** A change of one webhook, decided on its current state. */
export interface WebhookEdit {
  /** The new state; version, generation, endpoint and `updatedAt` are given by the repository. */
  readonly webhook: WebhookDocument;
  /** Set when the URL changed. */
  readonly place?: EndpointPlace;
  /** More promises that stand or fall with the change (mails). */
  readonly outbox?: readonly OutboxEntry[];
}

export type ChangeOutcome =
  | {
      readonly kind: "changed";
      readonly before: WebhookDocument;
      readonly webhook: WebhookDocument;
      /** To be produced to `events.v1`; then `Outbox.markDone([toControlEntryId(…)])`. */
      readonly control: ControlPayload;
    }
  /** `edit` saw nothing to do. `control`: the change that made it so was not announced yet; as for `changed`. */
  | {
      readonly kind: "unchanged";
      readonly webhook: WebhookDocument;
      readonly control?: ControlPayload | undefined;
    }
  | { readonly kind: "not_found" }
  /** Version or generation are not the expected ones. */
  | { readonly kind: "moved"; readonly webhook: WebhookDocument };

/** Statuses in which a webhook is sent to (D9). */
export const isSendable = (status: WebhookStatus): boolean => status === "active" || status === "recovering";

/**
 * Webhooks and everything that has to change with them in one transaction: version, generation, endpoint, the outbox
 * entry of the control record (architecture.md §1.5), the start of a new error count (lanes.md §7).
 */
export class WebhookRepository {
  readonly #store: Store;
  readonly #endpoints: EndpointRepository;
  readonly #outbox: Outbox;
  readonly #recoveries: RecoveryRepository;

  constructor(store: Store) {
    this.#store = store;
    this.#recoveries = new RecoveryRepository(store);
    this.#endpoints = new EndpointRepository(store);
    this.#outbox = new Outbox(store);
  }

  /** Makes a webhook and, when needed, its endpoint. @throws when the workspace does not exist */
  async create(
    webhook: NewWebhook,
    place: EndpointPlace,
  ): Promise<{ readonly webhook: WebhookDocument; readonly control: ControlPayload }> {
    const at = webhook.createdAt;
    return retryDuplicateKey(() =>
      runTransaction(this.#store, async (session) => {
        const endpointId = await this.#endpoints.attach(webhook.workspaceId, place, at, session);
        const plan = await readPlanOf(this.#store, webhook.workspaceId, session);
        const planned = underPlan({ ...webhook, endpointId }, plan);
        const made: WebhookDocument = {
          ...planned,
          version: 1,
          generation: 1,
          ...(isSendable(planned.status) && { owedSince: 1 }),
          updatedAt: at,
        };
        await this.#model().insertOne(this.#store.secrets.seal(WEBHOOKS, made), { session });
        await this.#record(undefined, made, session);
        return { webhook: made, control: await this.#announce(made, [], at, session) };
      }),
    );
  }

  /**
   * Changes a webhook that is not deleted.
   *
   * @param edit gets the current state and the workspace's plan, returns what to make of it, or undefined to leave it.
   *   Runs again when the transaction does: no effects outside. What the plan does not allow is locked
   */
  async change(
    id: WebhookId,
    expected: ExpectedWebhook,
    edit: (current: WebhookDocument, plan: Plan) => WebhookEdit | undefined,
    at: Date,
  ): Promise<ChangeOutcome> {
    return retryDuplicateKey(() =>
      runTransaction(this.#store, async (session): Promise<ChangeOutcome> => {
        const before = await this.find(id, session);
        if (!before || before.deletedAt || !isOf(before, expected.workspaceId)) return { kind: "not_found" };
        if (hasMoved(before, expected)) return { kind: "moved", webhook: before };
        const plan = await readPlanOf(this.#store, before.workspaceId, session);
        const edited = edit(before, plan);
        if (!edited) {
          const control = await this.#outbox.findOpenControl(id, before.version);
          return { kind: "unchanged", webhook: before, control };
        }
        const endpointId = edited.place
          ? await placeOnLine(this.#store, before, edited.place, at, session)
          : before.endpointId;
        const wanted = { ...underPlan(edited.webhook, plan), endpointId };
        const webhook = numbered(before, hasLeftItsLine(before, wanted) ? recovering(wanted) : wanted, at);
        const stored = this.#store.secrets.seal(WEBHOOKS, webhook);
        await writeChanges(
          this.#store.db.collection<WebhookDocument>(WEBHOOKS),
          { before, after: webhook, stored },
          session,
        );
        await this.#record(before, webhook, session);
        if (!isSendable(before.status) && isSendable(webhook.status))
          await this.#forgetErrors(webhook, session);
        if (webhook.status === "recovering" && webhook.generation > before.generation)
          await this.#recoveries.create(toRecoveryDocument(webhook, at), session);
        const control = await this.#announce(webhook, edited.outbox ?? [], at, session);
        return { kind: "changed", before, webhook, control };
      }),
    );
  }

  /**
   * Marks a webhook as deleted; what is queued for it is cancelled by those who hold it. One that is deleted is
   * `unchanged`, whatever version was expected: who asks again may be who deleted it (RFC 9110 §13.1.1).
   */
  async delete(id: WebhookId, expected: ExpectedWebhook, at: Date): Promise<ChangeOutcome> {
    const edit = (current: WebhookDocument) => ({ webhook: { ...current, deletedAt: at } });
    const outcome = await this.change(id, expected, edit, at);
    if (outcome.kind !== "not_found") return outcome;
    const webhook = await this.find(id);
    if (!webhook?.deletedAt || !isOf(webhook, expected.workspaceId)) return outcome;
    return { kind: "unchanged", webhook, control: await this.#outbox.findOpenControl(id, webhook.version) };
  }

  /** Also finds tombstones: look at `deletedAt`. */
  async find(id: WebhookId, session?: Session): Promise<WebhookDocument | undefined> {
    const found = await this.#model()
      .findById(id, null, session ? { session } : {})
      .lean<WebhookDocument>();
    return found ? this.#store.secrets.open(WEBHOOKS, found) : undefined;
  }

  /**
   * Webhooks of a workspace that are not deleted, oldest first, from after `after`.
   *
   * @param of default: all
   */
  async list(
    workspaceId: WorkspaceId,
    page: Page<WebhookId>,
    { search, ...of }: WebhookSelection = {},
  ): Promise<WebhookDocument[]> {
    const found = await this.#model()
      .find({
        ...of,
        ...(search !== undefined && toContaining(search)),
        workspaceId,
        deletedAt: { $exists: false },
        ...(page.after !== undefined && { _id: { $gt: page.after } }),
      })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<WebhookDocument[]>();
    return found.map((webhook) => this.#store.secrets.open(WEBHOOKS, webhook));
  }

  /** Names by id, of deleted ones too. */
  async readNames(ids: readonly WebhookId[]): Promise<ReadonlyMap<WebhookId, string>> {
    const found = await this.#model()
      .find({ _id: { $in: ids } }, { name: 1 })
      .lean<Pick<WebhookDocument, "_id" | "name">[]>();
    return new Map(found.map(({ _id, name }) => [_id, name]));
  }

  /** The webhooks of a line that are not deleted. */
  async listOfEndpoint(endpointId: EndpointId): Promise<WebhookDocument[]> {
    const found = await this.#model()
      .find({ endpointId, deletedAt: { $exists: false } })
      .lean<WebhookDocument[]>();
    return found.map((webhook) => this.#store.secrets.open(WEBHOOKS, webhook));
  }

  /** Whether a webhook that is not deleted asks for an event type. */
  async isAskedFor(workspaceId: WorkspaceId, eventType: string): Promise<boolean> {
    const found = await this.#model().exists({
      workspaceId,
      eventTypes: eventType,
      deletedAt: { $exists: false },
    });
    return found !== null;
  }

  /** A webhook that is deleted is gone for who reads the audit log, though a tombstone stays. */
  async #record(
    before: WebhookDocument | undefined,
    after: WebhookDocument,
    session: Session,
  ): Promise<void> {
    await recordChange(
      this.#store,
      {
        owner: after.workspaceId,
        object: { kind: "webhook", id: after._id },
        ...(before && { before }),
        ...(!after.deletedAt && { after }),
        at: after.updatedAt,
      },
      session,
    );
  }

  async #announce(
    webhook: WebhookDocument,
    more: readonly OutboxEntry[],
    at: Date,
    session: Session,
  ): Promise<ControlPayload> {
    const workspace = await this.#store.db
      .collection<WorkspaceDocument>(WORKSPACES)
      .findOne({ _id: webhook.workspaceId }, { session, projection: { eventsPartition: 1 } });
    if (!workspace) throw new Error(`Workspace ${webhook.workspaceId} does not exist`);
    const control: ControlPayload = {
      workspaceId: webhook.workspaceId,
      webhookId: webhook._id,
      version: webhook.version,
      eventsPartition: workspace.eventsPartition,
    };
    await this.#outbox.add([toControlEntry(control, at), ...more], session);
    return control;
  }

  /** Errors of generations before this one do not count again (D7). */
  async #forgetErrors(webhook: WebhookDocument, session: Session): Promise<void> {
    await this.#store.db
      .collection<{ _id: string }>("errorWindows")
      .updateOne(
        { _id: webhook.workspaceId },
        { $set: { [`since.${webhook._id}`]: webhook.generation }, $setOnInsert: { errors: [], trips: [] } },
        { upsert: true, session },
      );
  }

  #model() {
    return modelOf(this.#store, WEBHOOKS, webhookSchema);
  }
}

const isOf = (webhook: WebhookDocument, workspaceId: WorkspaceId | undefined): boolean =>
  workspaceId === undefined || webhook.workspaceId === workspaceId;

const hasMoved = (webhook: WebhookDocument, { version, generation }: ExpectedWebhook): boolean =>
  (version !== undefined && webhook.version !== version) ||
  (generation !== undefined && webhook.generation !== generation);

/** What is queued on the old line is of an older generation, so it is sent once more behind what the new one has (D15). */
const hasLeftItsLine = (before: WebhookDocument, after: WebhookDocument): boolean =>
  before.endpointId !== after.endpointId && isSendable(before.status) && isSendable(after.status);

const recovering = (webhook: WebhookDocument): WebhookDocument => ({ ...webhook, status: "recovering" });

/**
 * Every change raises the version; enabling, disabling and moving to another line also the generation. Who is enabled
 * plainly, or for the first time, gets new events only: nothing that was decided before is owed (D7).
 */
function numbered(before: WebhookDocument, after: WebhookDocument, at: Date): WebhookDocument {
  const isSwitched = isSendable(before.status) !== isSendable(after.status);
  const isRenewed = isSwitched || before.endpointId !== after.endpointId;
  const generation = before.generation + (isRenewed ? 1 : 0);
  const isPlain = after.status === "active" || before.owedSince === undefined;
  const isEnabledAnew = isSwitched && isSendable(after.status) && isPlain;
  // One that was switched on before this was noted.
  const isUnnoted = before.owedSince === undefined && isSendable(before.status);
  return {
    ...after,
    version: before.version + 1,
    generation,
    ...(isUnnoted && { owedSince: before.generation }),
    ...(isEnabledAnew && { owedSince: generation }),
    updatedAt: at,
  };
}

/** Reads the webhooks of the workspace one by one: no index finds a text within another. */
function toContaining(search: string) {
  const text = { $regex: search.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"), $options: "i" };
  return { $or: [{ name: text }, { url: text }] };
}
