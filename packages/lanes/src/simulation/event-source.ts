import { asEventId, asRecordId, asWorkspaceId, type WorkspaceId } from "@hooklane/core";
import type { EventRecord, EventsRecord } from "./events-record.js";
import type { Upstream } from "./upstream.js";
import type { World } from "./world.js";

const WORKSPACES = [1, 2, 3];
/** Of so many events one is a test of one webhook (product.md O2). */
const TEST_EVERY = 17;

const BURSTS: Readonly<Record<World["profile"]["kind"], number>> = {
  lease: 0,
  rule: 0.04,
  graceful: 0.04,
  quiet: 0.06,
  hostile: 0.1,
  mixed: 0.04,
};

/** Events of all workspaces: mostly one now and then, sometimes none for long, sometimes many at once. */
export function sendEvents(upstream: Upstream, spanMs: number): void {
  for (const workspace of WORKSPACES) new EventSource(upstream, workspace).schedule(spanMs);
}

class EventSource {
  readonly #upstream: Upstream;
  readonly #workspaceId: WorkspaceId;
  readonly #sent: EventRecord[] = [];
  #next: number;

  constructor(upstream: Upstream, workspace: number) {
    this.#upstream = upstream;
    this.#workspaceId = asWorkspaceId(`ws_${workspace}`);
    this.#next = workspace * 100_000;
  }

  schedule(spanMs: number): void {
    const { world } = this.#upstream;
    const { random, profile } = world;
    const slower = profile.kind === "lease" ? 4 : 1;
    for (let at = 0; at < spanMs;) {
      at += random.chance(0.1) ? random.between(2_000, 20_000) : random.between(50, 3_600) * slower;
      const count = random.chance(BURSTS[profile.kind]) ? random.between(5, 30) : 1;
      for (let i = 0; i < count; i++) world.after(at, () => this.#send());
    }
  }

  #send(): void {
    const { world, contacts } = this.#upstream;
    const { random } = world;
    const id = this.#next++;
    const kind = id % TEST_EVERY === 0 ? "test" : "event";
    const contactId = kind === "test" ? undefined : contacts.ofEvent(this.#workspaceId, id);
    const type = random.pick(["x", "y"] as const);
    const record: EventRecord = {
      kind,
      recordId: asRecordId(`${kind}:${id}`),
      workspaceId: this.#workspaceId,
      eventId: asEventId(`evt_${id}`),
      type,
      contactId,
    };
    if (kind === "event") this.#sent.push(record);
    this.#append(record);
    if (random.chance(0.02) && this.#sent.length > 0) this.#resend(id);
  }

  /** Somebody wants an event once more. */
  #resend(number: number): void {
    const { world, configuration } = this.#upstream;
    const { eventId, type, contactId, workspaceId } = world.random.pick(this.#sent);
    const webhooks = configuration.all().filter((webhook) => webhook.workspaceId === workspaceId);
    this.#append({
      kind: "resend",
      recordId: asRecordId(`rs:by-hand:${number}`),
      workspaceId,
      eventId,
      type,
      contactId,
      webhookId: world.random.pick(webhooks).id,
      generation: undefined,
    });
  }

  /** Whoever does not hear that it was taken sends it again. */
  #append(record: EventsRecord): void {
    const { events, world } = this.#upstream;
    const { random, hasFaults, profile } = world;
    const append = () => events.append(this.#workspaceId, record);
    append();
    if (hasFaults && !profile.isReliable && random.chance(0.02))
      world.after(random.between(5, 3_000), append);
  }
}
