import type { Delivery, DeliveryFilter, ResendAccepted, StreamFilter } from "@hooklane/client";
import type { Command } from "commander";
import { followDeliveries } from "../follow-deliveries.js";
import { DELIVERY_COLUMNS } from "../output/columns.js";
import { describeDelivery } from "../output/describe-delivery.js";
import { formatTable } from "../output/table.js";
import type { Session } from "../session.js";
import { type ListFlags, pickGiven, readPage, withListOptions } from "./list-options.js";

interface FilterFlags {
  readonly webhook?: string;
  readonly event?: string;
  readonly eventType?: string;
  readonly status?: string;
}

const withFilter = (command: Command): Command =>
  command
    .option("--webhook <id>", "to this webhook")
    .option("--event <id>", "of this event")
    .option("--type, --event-type <type>", "of events of this type")
    .option("--status <status>", "pending, retrying, delivered, dead_letter, skipped or cancelled");

/** What is no status is the API's to say. */
const toFilter = ({ webhook, event, eventType, status }: FilterFlags): DeliveryFilter & StreamFilter =>
  pickGiven({ webhookId: webhook, eventId: event, eventType, status }) as StreamFilter;

/** `hooklane deliveries …` */
export function addDeliveryCommands(program: Command, session: Session): void {
  const deliveries = program.command("deliveries").description("what was sent, and what became of it");
  withFilter(withListOptions(deliveries.command("list").description("list deliveries, newest first")))
    .option("--after <time>", "accepted at or after, ISO 8601")
    .option("--before <time>", "accepted before, ISO 8601")
    .action(async (flags: ListFlags & FilterFlags & { after?: string; before?: string }) => {
      const { limit, after: from, before: to } = flags;
      const list = session
        .connect()
        .deliveries.list({ ...toFilter(flags), ...pickGiven({ limit, from, to }) });
      session.showPage(await readPage(list, flags), DELIVERY_COLUMNS);
    });
  deliveries
    .command("get <id>")
    .description("show a delivery with its attempts")
    .action(async (id: string) => session.show(await session.connect().deliveries.get(id), describeDelivery));
  deliveries
    .command("resend <id>")
    .description("send it once more, at the end of its endpoint's line")
    .action(async (id: string) =>
      session.show(await session.connect().deliveries.resend(id), describeResend),
    );
  addTail(deliveries, session);
}

function addTail(deliveries: Command, session: Session): void {
  withFilter(deliveries.command("tail").description("follow deliveries as they happen, until Ctrl-C")).action(
    (flags: FilterFlags) =>
      followDeliveries(session.connect(), toFilter(flags), {
        terminal: session.terminal,
        signal: session.signal,
        toLine: (delivery) => toLine(delivery, session.isJson),
      }),
  );
}

/** As JSON one delivery a line; as text the cells of the table, without its head and in no common width. */
const toLine = (delivery: Delivery, isJson: boolean): string =>
  isJson ? JSON.stringify(delivery) : (formatTable([delivery], DELIVERY_COLUMNS).split("\n")[1] ?? "");

function describeResend({ resends, skipped }: ResendAccepted): string {
  const lines = [
    ...resends.map(({ deliveryId, webhookId }) => `${deliveryId}  to ${webhookId}`),
    ...skipped.map(({ webhookId, status }) => `not resent to ${webhookId}: it is ${status}`),
  ];
  return lines.length === 0 ? "Nothing to resend." : lines.join("\n");
}
