import type { ContactId, ErrorTrip, WebhookId, WorkspaceId } from "@hooklane/core";
import type { Report } from "../decision.js";
import { TrippedWebhooks } from "../tripped-webhooks.js";
import type { Configuration, Subscriber } from "./configuration.js";
import type { Contacts, ContactSubscriber } from "./contacts.js";
import type { Webhook } from "./webhook.js";
import type { Database } from "./database.js";
import type { DeliveryLog } from "./delivery-log.js";
import type { KafkaLog, LogRecord } from "./kafka-log.js";
import type { Oracle } from "./oracle.js";
import type { Receivers } from "./receivers.js";
import { SimulatedProcess } from "./simulated-process.js";
import type { World } from "./world.js";

/** What dispatchers share: servers, receivers, and who watches them. */
export interface Surroundings {
  readonly world: World;
  readonly database: Database;
  readonly configuration: Configuration;
  readonly contacts: Contacts;
  readonly logs: readonly KafkaLog[];
  readonly receivers: Receivers;
  readonly oracle: Oracle;
  readonly deliveryLog: DeliveryLog;
  /** `attempts.v1` takes nothing before this time. */
  attemptsAwayUntil: number;
}

/** A batch that was fetched before a seek may still arrive. */
export interface FetchedBatch {
  readonly logEpoch: number;
  readonly from: number;
  readonly records: readonly LogRecord[];
}

/** What the parts of a dispatcher know of its process. */
export abstract class DispatcherProcess extends SimulatedProcess implements Subscriber, ContactSubscriber {
  readonly around: Surroundings;
  /** The configuration as this process knows it. */
  copy = new Map<WebhookId, Webhook>();
  deletedContacts = new Set<ContactId>();
  tripped = new TrippedWebhooks();
  /** The last one of each partition. */
  readonly fetchedBatches = new Map<number, FetchedBatch>();

  constructor(around: Surroundings, name: string) {
    super(around.world, name);
    this.around = around;
  }

  abstract onWebhook(webhook: Webhook): void;
  abstract onTrip(trip: ErrorTrip): void;
  abstract onContactDeleted(contactId: ContactId, workspaceId: WorkspaceId): void;
  /** Produces a result to `attempts.v1`; `epoch` is that of the lease. */
  abstract report(report: Report, epoch: number, acknowledged: () => void): void;
  abstract onLeaving(partition: number): void;
  abstract onEnded(partition: number): void;
}
