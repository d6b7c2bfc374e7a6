import type { CreatedWebhook, CreateWebhook, PatchWebhook, Webhook } from "@hooklane/client";
import type { Command } from "commander";
import { asObject, readJson, readWholeNumber } from "../input.js";
import { WEBHOOK_COLUMNS } from "../output/columns.js";
import { formatFields } from "../output/table.js";
import type { Session } from "../session.js";
import { followRecovery } from "../follow-recovery.js";
import { UsageError } from "../usage-error.js";
import { type ListFlags, pickGiven, readPage, withListOptions } from "./list-options.js";
import { addTest } from "./test-command.js";

interface WebhookFlags {
  readonly name?: string;
  readonly url?: string;
  readonly eventType?: string[];
  readonly from?: string;
}

interface VersionFlags {
  readonly ifVersion?: number;
}

/** `hooklane webhooks …` */
export function addWebhookCommands(program: Command, session: Session): void {
  const webhooks = program.command("webhooks").description("what is sent where");
  withListOptions(webhooks.command("list").description("list webhooks")).action(async (flags: ListFlags) => {
    const list = session.connect().webhooks.list({ limit: flags.limit });
    session.showPage(await readPage(list, flags), WEBHOOK_COLUMNS);
  });
  webhooks
    .command("get <id>")
    .description("show a webhook")
    .action(async (id: string) => session.show(await session.connect().webhooks.get(id), describe));
  addCreate(webhooks, session);
  addUpdate(webhooks, session);
  addSwitches(webhooks, session);
  addTest(webhooks, session);
  addDelete(webhooks, session);
}

const withFields = (command: Command): Command =>
  command
    .option("--name <name>", "its name")
    .option("--url <url>", "where to send to")
    .option("--event-type <types...>", "what to send")
    .option("--from <file>", "further fields as JSON, `-` for standard input");

async function readFields({ from, eventType, ...named }: WebhookFlags, session: Session): Promise<object> {
  const fields = from === undefined ? {} : asObject(await readJson(from, session.terminal), from);
  return { ...fields, ...pickGiven({ ...named, eventTypes: eventType }) };
}

function addCreate(webhooks: Command, session: Session): void {
  withFields(webhooks.command("create").description("create a webhook; shows its signing secret, this once"))
    .option("--active", "switch it on at once")
    .action(async ({ active, ...flags }: WebhookFlags & { active?: boolean }) => {
      const fields = await readFields(flags, session);
      // What is missing or wrong is the API's to say.
      const webhook = { ...fields, ...(active && { status: "active" }) } as CreateWebhook;
      const created = await session.connect().webhooks.create(webhook);
      session.show(created, () => [describe(created), ...describeSecret(created)].join("\n\n"));
    });
}

const withVersion = (command: Command): Command =>
  command.option("--if-version <version>", "only if this is its version", (text) =>
    readWholeNumber(text, "--if-version", { min: 0, max: 999_999_999 }),
  );

type ActivateFlags = VersionFlags & { readonly recover?: boolean; readonly wait?: boolean };

const toExpected = ({ ifVersion }: VersionFlags) => ({ version: ifVersion });

function addUpdate(webhooks: Command, session: Session): void {
  const update = webhooks
    .command("update <id>")
    .description("change the fields given; null in --from removes one");
  withVersion(withFields(update)).action(
    async (id: string, { ifVersion, ...flags }: WebhookFlags & VersionFlags) => {
      const patch = (await readFields(flags, session)) as PatchWebhook;
      if (Object.keys(patch).length === 0) throw new UsageError("Nothing to change was given; see --help.");
      const updated = await session
        .connect()
        .webhooks.update(id, patch, toExpected({ ...pickGiven({ ifVersion }) }));
      session.show(updated, () => [describe(updated), ...describeSecret(updated)].join("\n\n"));
    },
  );
}

function addSwitches(webhooks: Command, session: Session): void {
  withVersion(
    webhooks.command("activate <id>").description("switch it on; without --recover for new events only"),
  )
    .option("--recover", "send first, in order, what it did not get while it was off")
    .option("--wait", "until it has recovered, telling how far it is")
    .action(async (id: string, { recover = false, wait = false, ...flags }: ActivateFlags) => {
      const hooklane = session.connect();
      const activated = await hooklane.webhooks.activate(id, { recover }, toExpected(flags));
      const job = activated.recoveryJobId;
      if (wait && job !== undefined) await followRecovery(hooklane.jobs, job, session);
      session.show(wait ? await hooklane.webhooks.get(id) : activated, describe);
    });
  withVersion(
    webhooks.command("deactivate <id>").description("switch it off; what is queued is skipped"),
  ).action(async (id: string, flags: VersionFlags) =>
    session.show(await session.connect().webhooks.deactivate(id, toExpected(flags)), describe),
  );
}

function addDelete(webhooks: Command, session: Session): void {
  withVersion(webhooks.command("delete <id>").description("delete it; cancels what is queued"))
    .option("--yes", "do not ask")
    .action(async (id: string, { yes, ...flags }: VersionFlags & { yes?: boolean }) => {
      const hooklane = session.connect();
      if (yes !== true) await confirm(await hooklane.webhooks.get(id), session);
      await hooklane.webhooks.delete(id, toExpected(flags));
      session.show({ id, deleted: true }, () => `Deleted ${id}.`);
    });
}

async function confirm({ id, name }: Webhook, { terminal }: Session): Promise<void> {
  if (!terminal.isInteractive) throw new UsageError("Nobody is there to be asked; give --yes.");
  const answer = await terminal.ask(
    `Delete ${id} (${JSON.stringify(name)}) and cancel what is queued? [y/N] `,
  );
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("Not deleted.");
}

/** Of a key pair there is none: its public key is always shown. */
const describeSecret = ({ secret }: CreatedWebhook): readonly string[] =>
  secret === undefined ? [] : [`Signing secret, not shown again: ${secret}`];

const describe = (webhook: Webhook): string =>
  formatFields({
    id: webhook.id,
    name: webhook.name,
    url: webhook.url,
    status: webhook.status,
    "recovery job": webhook.recoveryJobId,
    disabled: webhook.disabled && JSON.stringify(webhook.disabled),
    "event types": webhook.eventTypes.join(", "),
    endpoint: webhook.endpointId,
    "public keys": webhook.publicKeys?.map(({ key }) => key).join(", "),
    version: webhook.version,
    created: webhook.createdAt,
    updated: webhook.updatedAt,
  });
