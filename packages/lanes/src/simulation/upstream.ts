import type { Configuration } from "./configuration.js";
import type { Contacts } from "./contacts.js";
import type { DeliveryLog } from "./delivery-log.js";
import type { EventLog } from "./event-log.js";
import type { EventsTopic } from "./events-topic.js";
import type { KafkaLog } from "./kafka-log.js";
import type { Oracle } from "./oracle.js";
import type { Recoveries } from "./recoveries.js";
import type { SimulatedProcess } from "./simulated-process.js";
import type { World } from "./world.js";

/** What routers and health-monitors share: servers, and who watches them. */
export interface Upstream {
  readonly world: World;
  readonly configuration: Configuration;
  readonly contacts: Contacts;
  readonly events: EventsTopic;
  readonly eventLog: EventLog;
  readonly deliveryLog: DeliveryLog;
  readonly recoveries: Recoveries;
  /** `deliveries.v1`. */
  readonly logs: readonly KafkaLog[];
  readonly oracle: Oracle;
}

/** A process that works with them. */
export type UpstreamProcess = SimulatedProcess & { readonly upstream: Upstream };
