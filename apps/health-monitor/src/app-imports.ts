import { randomUUID } from "node:crypto";
import { Producer } from "@hooklane/kafka";
import {
  AudienceRepository,
  ContactEvents,
  ContactImportRepository,
  ContactUploads,
  EventLog,
  EventTypeRepository,
  ImportLines,
  ImportWriter,
} from "@hooklane/store";
import { ContactImports } from "./contact-imports/contact-imports.js";
import { createImportMetrics } from "./contact-imports/import-metrics.js";
import { UploadSweeper } from "./contact-imports/upload-sweeper.js";
import { PRODUCER_STOP_MS, repeat, type Shared } from "./shared.js";

const IMPORT_SWEEP_MS = 500;
const UPLOAD_SWEEP_MS = 60_000;

/** Imports of contacts, with a producer of their own: one waits for the broker without holding others up. */
export function startImporting(shared: Shared): void {
  const { parts, store, kafka, topics, workspaces, metrics, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const importMetrics = createImportMetrics(metrics);
  const imports = new ContactImports({
    imports: new ContactImportRepository(store),
    writer: new ImportWriter(store),
    lines: new ImportLines(store),
    contactEvents: new ContactEvents(store),
    eventLog: new EventLog(store),
    eventTypes: new EventTypeRepository(store),
    audiences: new AudienceRepository(store),
    workspaces,
    producer,
    eventsTopic: topics.events,
    owner: randomUUID(),
    metrics: importMetrics,
    logger,
    now,
  });
  repeat(shared, "contact_import.sweep_failed", IMPORT_SWEEP_MS, (signal) => imports.sweep(signal));
  const uploads = new UploadSweeper({
    uploads: new ContactUploads(store),
    metrics: importMetrics,
    logger,
    now,
  });
  repeat(shared, "contact_upload.sweep_failed", UPLOAD_SWEEP_MS, (signal) => uploads.sweep(signal));
}
