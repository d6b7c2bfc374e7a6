import { Producer } from "@hooklane/kafka";
import {
  AudienceRepository,
  ContactEvents,
  ContactRepository,
  ContactWriter,
  SegmentRepository,
  TagRepository,
} from "@hooklane/store";
import { AudienceClearing } from "./contact-events/audience-clearing.js";
import { ContactEventSweeper } from "./contact-events/contact-event-sweeper.js";
import { createContactMetrics } from "./contact-events/contact-metrics.js";
import { PRODUCER_STOP_MS, repeat, type Shared } from "./shared.js";

const EVENT_SWEEP_MS = 2_000;
const CLEARING_SWEEP_MS = 1_000;

/** What others leave of changes of contacts, and what deleted tags and audiences leave; with a producer of its own. */
export function startContacts(shared: Shared): void {
  const { parts, store, kafka, topics, metrics, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const contactMetrics = createContactMetrics(metrics);
  const events = new ContactEventSweeper({
    events: new ContactEvents(store),
    producer,
    eventsTopic: topics.events,
    metrics: contactMetrics,
    logger,
    now,
  });
  repeat(shared, "contact_events.sweep_failed", EVENT_SWEEP_MS, (signal) => events.sweep(signal));
  const clearing = new AudienceClearing({
    store,
    audiences: new AudienceRepository(store),
    segments: new SegmentRepository(store),
    tags: new TagRepository(store),
    contacts: new ContactRepository(store),
    writer: new ContactWriter(store),
    events,
    metrics: contactMetrics,
    logger,
    now,
  });
  repeat(shared, "audience.clearing_sweep_failed", CLEARING_SWEEP_MS, (signal) => clearing.sweep(signal));
}
