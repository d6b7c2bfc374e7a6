import { decideRecoveryEnd, type LinePlace, toEntering, toResendRecordId } from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { FoundOwed } from "./event-log.js";
import type { EndRecord } from "./events-record.js";
import type { DecidedEnd } from "./recoveries.js";
import type { RoutingProcess } from "./routing-process.js";
import { toDeliveryId, toFacts } from "./routing.js";
import { ask, type Task, together } from "./task.js";

/** As much enters at an end; in production far more. */
const ENTERING_MAX = 6;

/**
 * What the router does at the record that ends a recovery (ADR 0019): the rest of what is owed enters the line there,
 * and the webhook is active behind it.
 *
 * @returns what is to be produced before it goes on
 */
export function* endRecovery(
  router: RoutingProcess,
  partition: number,
  record: EndRecord,
  place: LinePlace,
): Task<readonly DeliveryFacts[]> {
  const { recoveries } = router.upstream;
  const { recovery: id, number } = record;
  const proposal = yield* propose(router, record, place);
  const decided = yield* ask(router, "database", () => recoveries.decideEnd(id, number, proposal));
  const isRepeat = decided.place.epoch !== place.epoch || decided.place.offset !== place.offset;
  if (isRepeat || decided.end.kind !== "enter") return [];
  router.world.trace(router.id, () => `ends ${id}: ${decided.entering.length} enter`);
  const stored = yield* together(
    decided.entering.map((owed, ordinal) =>
      storeEntering(router, record, { decided, owed, ordinal, partition }),
    ),
  );
  const { webhookId, generation } = yield* ask(router, "database", () => recoveries.find(id).task);
  yield* ask(router, "database", () => router.upstream.configuration.endRecovery({ webhookId, generation }));
  yield* router.refresh(webhookId);
  return stored.flat();
}

function* propose(router: RoutingProcess, record: EndRecord, place: LinePlace): Task<DecidedEnd> {
  const { configuration, eventLog, recoveries } = router.upstream;
  const { recovery: id, webhookId, sentThrough } = record;
  const { task } = yield* ask(router, "database", () => recoveries.find(id));
  const webhook = yield* ask(router, "database", () => configuration.present(webhookId));
  const owed = yield* ask(router, "database", () =>
    eventLog.readOwed(webhookId, sentThrough, place, Infinity),
  );
  const entering = toEntering(task, owed);
  const end = decideRecoveryEnd(task, webhook, entering.length, ENTERING_MAX);
  return { place, end, webhook, entering: end.kind === "enter" ? entering : [] };
}

/** Under the id of the recovery's resend: whichever stands first counts. @returns it, unless it stands elsewhere */
function* storeEntering(
  router: RoutingProcess,
  { recovery }: EndRecord,
  entering: {
    readonly decided: DecidedEnd;
    readonly owed: FoundOwed;
    readonly ordinal: number;
    readonly partition: number;
  },
): Task<readonly DeliveryFacts[]> {
  const { eventLog } = router.upstream;
  const { decided, owed, ordinal, partition } = entering;
  const { webhook, place } = decided;
  if (webhook === undefined) return [];
  const { eventId, type, contactId } = owed;
  const recordId = toResendRecordId(recovery, toDeliveryId(owed.recordId, webhook.id));
  const { workspaceId, id: webhookId, generation } = webhook;
  const event = { recordId, eventId, type, contactId };
  const record = { kind: "resend", workspaceId, ...event, webhookId, generation } as const;
  const facts = toFacts({ record, place, partition, at: router.world.now }, webhook, ordinal);
  const logged = { ...event, place, deliveries: [facts], isFirst: false, owed: new Map() };
  const stored = yield* ask(router, "database", () => eventLog.insert(logged));
  const isOwn = stored.place.epoch === place.epoch && stored.place.offset === place.offset;
  return isOwn ? stored.deliveries : [];
}
