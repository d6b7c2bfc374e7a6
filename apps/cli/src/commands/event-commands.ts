import type { EventFilter, EventWithData, Explanation, Hooklane, SentEvent } from "@hooklane/client";
import type { Command } from "commander";
import { asObject, parseJson, readJson } from "../input.js";
import { EVENT_COLUMNS } from "../output/columns.js";
import { EXIT } from "../output/report-error.js";
import { formatFields, formatTable } from "../output/table.js";
import type { Session } from "../session.js";
import { UsageError } from "../usage-error.js";
import { type ListFlags, pickGiven, readPage, withListOptions } from "./list-options.js";

interface SendFlags {
  readonly data?: string;
  readonly from?: string;
  readonly id?: string;
  readonly source?: string;
  readonly timestamp?: string;
  readonly deliverAt?: string;
}

/** `hooklane events …` */
export function addEventCommands(program: Command, session: Session): void {
  const events = program.command("events").description("what happened");
  withListOptions(events.command("list").description("list events, newest first"))
    .option("--type <type>", "of this type")
    .option("--status <status>", "accepted, suppressed or scheduled")
    .option("--after <time>", "accepted at or after, ISO 8601")
    .option("--before <time>", "accepted before, ISO 8601")
    .action(
      async (flags: ListFlags & { type?: string; status?: string; after?: string; before?: string }) => {
        const { limit, type, status, after: from, before: to } = flags;
        const filter = pickGiven({ limit, type, status, from, to }) as EventFilter;
        session.showPage(await readPage(session.connect().events.list(filter), flags), EVENT_COLUMNS);
      },
    );
  events
    .command("get <id>")
    .description("show an event with its data")
    .action(async (id: string) => session.show(await session.connect().events.get(id), describe));
  events
    .command("explain <id>")
    .description("which webhooks got it, and why the others did not")
    .action(async (id: string) =>
      session.show(await session.connect().events.explain(id), describeExplanation),
    );
  addSend(events, session);
}

function addSend(events: Command, session: Session): void {
  events
    .command("send [type]")
    .description("send an event, or several with --from")
    .option("--data <json>", "what happened, as JSON")
    .option("--from <file>", "an event as JSON, or an array of up to 500; `-` for standard input")
    .option("--id <id>", "given again, it is delivered once")
    .option("--source <source>", "who set it off")
    .option("--timestamp <time>", "when it happened, ISO 8601")
    .option("--deliver-at <time>", "when to deliver it, ISO 8601")
    .action(async (type: string | undefined, flags: SendFlags, command: Command) => {
      const given = await readEvents(type, flags, session);
      const hooklane = session.connect();
      if ("events" in given) await sendMany(hooklane, given.events, session, command);
      else session.show(await hooklane.events.send(given.event), ({ id, status }) => `${id}  ${status}`);
    });
}

/** What is wrong with an event is the API's to say, so it is taken for one. */
type GivenEvents = { readonly event: SentEvent } | { readonly events: readonly SentEvent[] };

async function readEvents(
  type: string | undefined,
  { data, from, ...facts }: SendFlags,
  { terminal }: Session,
): Promise<GivenEvents> {
  const given = pickGiven({ type, ...facts });
  if (from === undefined) {
    if (type === undefined) throw new UsageError("Give a type and --data, or --from a file.");
    const parsed = data === undefined ? {} : asObject(parseJson(data, "--data"), "--data");
    return { event: { ...given, data: parsed } as SentEvent };
  }
  if (data !== undefined) throw new UsageError("--data and --from exclude each other.");
  const value = await readJson(from, terminal);
  if (!Array.isArray(value)) return { event: { ...asObject(value, from), ...given } as unknown as SentEvent };
  if (Object.keys(given).length > 0)
    throw new UsageError("Several events bring type, id and the rest themselves.");
  return { events: value as readonly SentEvent[] };
}

async function sendMany(
  hooklane: Hooklane,
  events: readonly SentEvent[],
  session: Session,
  command: Command,
): Promise<void> {
  const results = await hooklane.events.sendMany(events);
  session.show(results, () =>
    formatTable(results, [
      { head: "INDEX", of: ({ index }) => index },
      { head: "ID", of: ({ id }) => id ?? undefined },
      { head: "STATUS", of: ({ status }) => status },
      { head: "CODE", of: ({ code }) => code },
      {
        head: "WHY",
        of: ({ errors }) => errors?.map(({ path, message }) => `${path} ${message}`).join("; "),
      },
    ]),
  );
  const rejected = results.filter(({ status }) => status === "rejected").length;
  if (rejected > 0) {
    command.error(`${rejected} of ${results.length} events were rejected.`, { exitCode: EXIT.refused });
  }
}

const describe = (event: EventWithData): string =>
  `${formatFields({
    id: event.id,
    type: event.type,
    status: event.status,
    source: event.source,
    timestamp: event.timestamp,
    accepted: event.acceptedAt,
    "deliver at": event.deliverAt,
    warning: event.schemaWarning,
    deliveries: event.deliveryIds.join(", "),
  })}\n\n${JSON.stringify(event.data, undefined, 2)}`;

const describeExplanation = ({ matched, unmatched }: Explanation): string =>
  formatTable(
    [
      ...matched.map(({ webhookId, deliveryId }) => ({ webhookId, outcome: deliveryId })),
      ...unmatched.map(({ webhookId, reason }) => ({ webhookId, outcome: `no: ${reason}` })),
    ],
    [
      { head: "WEBHOOK", of: ({ webhookId }) => webhookId },
      { head: "DELIVERY", of: ({ outcome }) => outcome },
    ],
  );
