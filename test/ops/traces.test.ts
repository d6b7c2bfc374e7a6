import { randomBytes } from "node:crypto";
import {
  anEvent,
  answer,
  eventually,
  type EventInput,
  numberedEvents,
  readSequence,
  script,
  type TestWorkspace,
} from "@hooklane/testing";
import { afterAll, beforeAll, expect } from "@jest/globals";
import { useServices } from "../e2e/support/suite.js";
import { Upstream } from "../e2e/support/upstream.js";
import { type CollectedSpan, OtlpCollector } from "./support/otlp-collector.js";

let collector: OtlpCollector;
let upstream: Upstream;

beforeAll(async () => {
  collector = await OtlpCollector.start();
});

const suite = useServices(() => ({
  env: {
    TRACES: "otlp",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: "2000",
    // Whatever no producer has sampled is not.
    OTEL_TRACES_SAMPLER_ARG: "0",
    DISPATCHER_RETRY_WAITS_S: "1,2,3",
  },
}));
const { check } = suite;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
});

// Behind the services' stop: by then the collector may hang.
afterAll(async () => {
  await upstream.close();
  await collector.close();
});

/** A trace as an application upstream has begun it. */
function aTrace({ isSampled = true } = {}) {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}` };
}

async function post(workspace: TestWorkspace, event: EventInput, headers: Record<string, string>) {
  const url = `${suite.services.service("event-ingestor").url}/v1/events`;
  const authorization = `Bearer ${workspace.apiKey}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, authorization, "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(202);
}

const produce = (workspace: TestWorkspace, event: EventInput, headers: Record<string, string>) =>
  upstream.sendRaw([{ key: workspace.id, value: JSON.stringify(event), headers }]);

/** Once so many spans of a trace have reached the collector, by name and start. */
function spansOf(traceId: string, count: number): Promise<readonly CollectedSpan[]> {
  return eventually(
    () => {
      const spans = [...collector.of(traceId)].sort((a, b) => a.startMs - b.startMs);
      return spans.length >= count && spans;
    },
    { what: `${count} spans of ${traceId}`, deadlineMs: 60_000 },
  );
}

const named = (spans: readonly CollectedSpan[], name: string) => spans.filter((span) => span.name === name);

for (const [door, send] of [
  ["over HTTP", post],
  ["from Kafka", produce],
] as const) {
  check(
    `an event that comes ${door} in a trace is one tree from its ingest to its retry, seen by receiver and logs`,
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const path = `/traced/${workspace.id}`;
      await workspace.createWebhook({ url: receiver.url(path) });
      receiver.behave(path, script([500, 200]));
      const { traceId, spanId, traceparent } = aTrace();
      const event = anEvent();
      await send(workspace, event, { traceparent, tracestate: "shop=of-no-concern-to-receivers" });
      const spans = await spansOf(traceId, 5);
      expect(spans.map(({ name }) => name).sort()).toEqual(["attempt", "attempt", "ingest", "route", "wait"]);

      const [ingest, route, wait] = ["ingest", "route", "wait"].map((name) => named(spans, name)[0]!);
      const attempts = named(spans, "attempt");
      expect(ingest).toMatchObject({
        service: "hooklane-event-ingestor",
        parentSpanId: spanId,
        attributes: { "hooklane.event_id": event.id, "hooklane.workspace_id": workspace.id },
      });
      expect(route).toMatchObject({
        service: "hooklane-router",
        parentSpanId: ingest!.spanId,
        attributes: { "hooklane.outcome": "routed", "hooklane.deliveries": 1 },
      });
      expect(wait).toMatchObject({ service: "hooklane-dispatcher", parentSpanId: route!.spanId });
      expect(attempts).toMatchObject([
        {
          parentSpanId: route!.spanId,
          isError: true,
          attributes: {
            "hooklane.attempt": 1,
            "http.response.status_code": 500,
            "error.type": "status",
            "hooklane.next": "retrying",
          },
        },
        {
          parentSpanId: route!.spanId,
          isError: false,
          attributes: {
            "hooklane.attempt": 2,
            "http.response.status_code": 200,
            "hooklane.next": "delivered",
          },
        },
      ]);

      const requests = receiver.requestsTo(path);
      expect(requests.map(({ headers }) => headers.traceparent)).toEqual(
        attempts.map((attempt) => `00-${traceId}-${attempt.spanId}-01`),
      );
      expect(requests.map(({ headers }) => headers.tracestate)).toEqual([undefined, undefined]);
      const lines = services.service("dispatcher").lines.filter((line) => line.includes(traceId));
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject(
        attempts.map((attempt, index) => ({
          msg: "delivery.attempt",
          trace_id: traceId,
          span_id: attempt.spanId,
          attempt: index + 1,
        })),
      );
    },
  );
}

check("a scheduled event stays in its trace until it is released and delivered", async () => {
  const { services, receiver } = suite;
  const workspace = await services.createWorkspace();
  await workspace.createWebhook({ url: receiver.url(`/later/${workspace.id}`) });
  const { traceId, traceparent } = aTrace();
  // As of a minute ago, as it has to be scheduled a minute ahead at least.
  const event = anEvent({ deliverAt: new Date(Date.now() + 3_000).toISOString() });
  const timestamp = String(Date.now() - 60_000);
  await upstream.sendRaw([
    { key: workspace.id, value: JSON.stringify(event), timestamp, headers: { traceparent } },
  ]);
  const spans = await spansOf(traceId, 5);
  expect(named(spans, "route").map(({ attributes }) => attributes["hooklane.outcome"])).toEqual([
    "scheduled",
    "routed",
  ]);
  expect(named(spans, "attempt")).toHaveLength(1);
});

check(
  "a batch is one attempt, linked to the traces of its other events, which are linked to it",
  async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const path = `/batch/${workspace.id}`;
    await workspace.createWebhook({
      url: receiver.url(path),
      batching: { maxEvents: 2, maxWaitSeconds: 10 },
    });
    const [one, two] = [aTrace(), aTrace()];
    await produce(workspace, anEvent(), one);
    await produce(workspace, anEvent(), two);
    const [first, second] = [await spansOf(one.traceId, 4), await spansOf(two.traceId, 3)];
    const [attempt] = named(first, "attempt");
    const idsOf = ({ traceId, spanId }: CollectedSpan) => ({ traceId, spanId });
    expect(attempt?.links).toMatchObject([idsOf(named(second, "route")[0]!)]);
    expect(named(second, "wait")[0]?.links).toMatchObject([idsOf(attempt!)]);
    expect(receiver.requestsTo(path).map(({ headers }) => headers.traceparent)).toEqual([
      `00-${one.traceId}-${attempt!.spanId}-01`,
    ]);
  },
);

check(
  "of an event in no trace, or a malformed one, nothing is recorded and the receiver is told nothing",
  async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const path = `/plain/${workspace.id}`;
    await workspace.createWebhook({ url: receiver.url(path) });
    await post(workspace, anEvent(), {});
    await produce(workspace, anEvent(), { traceparent: "00-nonsense-01" });
    const unsampled = aTrace({ isSampled: false });
    await post(workspace, anEvent(), { traceparent: unsampled.traceparent });
    const requests = await receiver.waitFor((seen) => seen.length === 3, { path });
    const told = requests.map(({ headers }) => headers.traceparent).sort();
    // A trace that its producer does not record goes on as that.
    expect(told).toEqual([unsampled.traceparent, undefined, undefined]);
    expect(
      collector.spans.filter(({ attributes }) => attributes["hooklane.workspace_id"] === workspace.id),
    ).toEqual([]);
  },
);

check("a collector that does not answer delays and loses no delivery, and no stop", async () => {
  const { services, receiver } = suite;
  const workspace = await services.createWorkspace();
  const path = `/no-collector/${workspace.id}`;
  await workspace.createWebhook({ url: receiver.url(path) });
  receiver.behave(path, () => answer(200));
  collector.hang();
  const events = numberedEvents(300);
  await upstream.sendRaw(
    events.map((event) => ({
      key: workspace.id,
      value: JSON.stringify(event),
      headers: { traceparent: aTrace().traceparent },
    })),
  );
  const requests = await receiver.waitFor((seen) => seen.length === 300, { path });
  expect(readSequence(requests)).toEqual(events.map(({ data }) => (data as { seq: number }).seq));
  await eventually(() => collector.unanswered > 0, { what: "a request to the collector" });
  // Given up by the exporter's own limit; that the services stop in time is seen by their end.
  const dispatcher = services.service("dispatcher");
  await eventually(() => dispatcher.lines.some((line) => line.includes("traces.spans_lost")), {
    what: "a word about it",
  });
});
