import type { Logger } from "@hooklane/service";
import type { SoloConsumer } from "@hooklane/kafka";
import type { ConfigCopy } from "@hooklane/store";
import type { DispatcherMetrics } from "../metrics.js";
import type { BacklogGateway } from "../backlog/backlog-gateway.js";
import type { AttemptJournal } from "../results/attempt-journal.js";
import type { ResultPublisher } from "../results/result-publisher.js";
import { withoutRedacted } from "../results/without-redacted.js";
import { toResult } from "../results/to-result.js";
import type { ErrorCounter } from "../rule/error-counter.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import type { Sender } from "../sending/sender.js";
import type { DeliveryTraces } from "../tracing/delivery-traces.js";
import type { RunnerActions } from "./partition-runner.js";

/** Who does what the lanes decide. */
export interface LaneActionParts {
  readonly sender: Sender;
  readonly counter: ErrorCounter;
  readonly failing: FailingWebhooks;
  readonly configuration: ConfigCopy;
  readonly journal: AttemptJournal;
  readonly publisher: ResultPublisher;
  readonly backlog: BacklogGateway;
  readonly consumer: Pick<SoloConsumer, "pause" | "resume">;
  readonly metrics: DispatcherMetrics;
  /** Undefined where nothing is traced. */
  readonly traces: DeliveryTraces | undefined;
  readonly logger: Logger;
}

/** Hands each kind of decision to the part that carries it out. */
export function createLaneActions(parts: LaneActionParts): RunnerActions {
  const { sender, counter, failing, configuration, journal, publisher, backlog, consumer, metrics } = parts;
  const { traces, logger } = parts;
  return {
    send: (decision, owner) => sender.send(decision, owner, traces?.begin(decision)),
    ended: (decision, end, isGivenUp) => {
      journal.recordRequest(decision, end);
      traces?.ended(decision, end, isGivenUp);
    },
    count: async (decision) => {
      const isCounted = await counter.count(decision);
      if (isCounted) metrics.ruleErrors.inc();
      return isCounted;
    },
    refresh: async (webhookId) => {
      try {
        await configuration.refreshWebhook(webhookId);
      } catch (err) {
        // The lane asks again after a pause.
        logger.warn({ err, webhookId }, "configuration.refresh_failed");
      }
    },
    gone: (webhook) => failing.trip(webhook),
    report: (workspaceId, report, epoch, acknowledged) => {
      const { redact = [] } = configuration.workspace(workspaceId) ?? {};
      const kept = redact.length === 0 ? report : withoutRedacted(report, redact);
      traces?.reported(report);
      journal.record(kept, traces?.attemptOf(report));
      const [first] = report.records;
      const isDelivered = report.kind === "attempt" && report.next.kind === "delivered";
      if (isDelivered && first !== undefined) failing.onSuccess(first.webhookId);
      publisher.publish(workspaceId, toResult(kept, epoch), acknowledged);
    },
    deferred: ({ fault, until, endpointId }) => {
      metrics.deferred.inc({ fault });
      logger.warn({ fault, endpointId, until: new Date(until) }, "delivery.deferred");
    },
    park: (place, deliveries, signal) => backlog.park(place, deliveries, signal),
    read: (partition, read, signal) => backlog.read(partition, read, signal),
    collect: (partition, deletions) => void backlog.collect(partition, deletions),
    collectLeftovers: (partition, logEpoch, stored) =>
      void backlog.collectLeftovers(partition, logEpoch, stored),
    moved: (partition, { endpointId, to, cause }) => {
      metrics.laneMoves.inc({ to, cause });
      logger.info({ partition, endpointId, to, cause }, "lane.moved");
    },
    refused: (decision) => {
      metrics.refused.inc();
      traces?.refused(decision);
    },
    pause: (partition) => {
      logger.info({ partition }, "partition.paused");
      consumer.pause(partition);
    },
    resume: (partition) => {
      logger.info({ partition }, "partition.resumed");
      consumer.resume(partition);
    },
  };
}
