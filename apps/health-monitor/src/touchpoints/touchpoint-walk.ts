import type { Contact, ContactId, WebhookId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type {
  ClaimedRun,
  ControlPayload,
  TouchpointContacts,
  TouchpointOutcomes,
  TouchpointPage,
  TouchpointRuns,
  WorkspaceRepository,
} from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import { toTouchpointRecord } from "./touchpoint-records.js";
import { planPage, toMembership } from "./walk-page.js";

export interface TouchpointWalkOptions {
  readonly runs: Pick<TouchpointRuns, "stop" | "isAudienceThere" | "advance" | "closeSnapshot">;
  readonly contacts: Pick<TouchpointContacts, "read" | "findMany">;
  readonly outcomes: Pick<TouchpointOutcomes, "findRouted">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly producer: Pick<Producer, "sendAll">;
  /** Gives a changed webhook its place in the line; what fails is left to a sweep. */
  readonly announce: (control: ControlPayload) => void;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  readonly owner: string;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** What the router has not come to so long after it was acknowledged may be lost with the log: it is put in line once more, milliseconds. */
const LOST_AFTER_MS = 60_000;

/** Topics keep what is in line no longer: what was not told by then nobody will tell, milliseconds. */
export const GIVE_UP_AFTER_MS = 7 * 24 * 3_600_000;

/** Contacts with their events have up to 100 KiB: so many are in memory at once. */
const MADE_AT_ONCE = 100;

/**
 * Puts the contacts of a touchpoint in line, page by page. Who enters next is stored before it is acted on, together with
 * how far the walk is then, by compare-and-set: whoever takes it up puts the very same contacts in line again, under ids
 * of which the router takes each once. The next page waits until the router has come to all of this one, so a
 * touchpoint is never far ahead of what else its workspace sends.
 */
export class TouchpointWalk {
  readonly #options: TouchpointWalkOptions;
  /** The page this process put in line last, by touchpoint: of which step, and when. */
  readonly #produced = new Map<WebhookId, { readonly step: number; readonly at: number }>();

  constructor(options: TouchpointWalkOptions) {
    this.#options = options;
  }

  /** Forgets what it knows of others than these. */
  keepOnly(ids: ReadonlySet<WebhookId>): void {
    for (const id of this.#produced.keys()) if (!ids.has(id)) this.#produced.delete(id);
  }

  /** @param limit so many enter at most */
  async step(claimed: ClaimedRun, limit: number): Promise<void> {
    const { page } = claimed.run;
    if (page && !this.#isGivenUp(claimed) && !(await this.#isRouted(claimed, page.entering))) {
      await this.#produceAgain(claimed, page);
    } else if (page?.isLast) {
      await this.#end(claimed, page);
    } else {
      await this.#enterNext(claimed, page, limit);
    }
  }

  /** A page the router takes none of, for days: it is counted as entered, and the walk goes on. */
  #isGivenUp({ _id: touchpointId, workspaceId, run: { movedAt } }: ClaimedRun): boolean {
    const { now, logger } = this.#options;
    if (now().getTime() - movedAt.getTime() < GIVE_UP_AFTER_MS) return false;
    logger.warn({ workspaceId, touchpointId }, "touchpoint.page_given_up");
    return true;
  }

  async #isRouted(claimed: ClaimedRun, entering: readonly ContactId[]): Promise<boolean> {
    if (entering.length === 0) return true;
    const routed = await this.#options.outcomes.findRouted(toEntered(claimed), entering);
    return routed.size === entering.length;
  }

  async #end(claimed: ClaimedRun, page: TouchpointPage): Promise<void> {
    const { runs, owner, now } = this.#options;
    const done = { ...afterPage(claimed, page), isWalked: true, page: null, movedAt: now() };
    if (await runs.advance(claimed, owner, done)) await runs.closeSnapshot(claimed._id);
  }

  async #enterNext(claimed: ClaimedRun, page: TouchpointPage | undefined, limit: number): Promise<void> {
    const { runs, contacts, owner, now, announce } = this.#options;
    const done = page ? afterPage(claimed, page) : {};
    if (!(await runs.isAudienceThere(claimed))) {
      const control = await runs.stop(claimed, owner, done, now());
      if (control) announce(control);
      return;
    }
    const walked = { ...claimed, run: { ...claimed.run, ...done } };
    const planned = await planPage(contacts, walked, toMembership(claimed), limit);
    const next = { ...done, page: planned.page, movedAt: now() };
    const advanced = await runs.advance(claimed, owner, next);
    if (advanced) await this.#produce(advanced, planned.contacts);
  }

  /** Of another process, or of this one before it was started anew; or long ago, and perhaps lost. */
  async #produceAgain(claimed: ClaimedRun, page: TouchpointPage): Promise<void> {
    const { contacts, outcomes, runs, owner, metrics, logger, now } = this.#options;
    const { _id: touchpointId, workspaceId, run } = claimed;
    const produced = this.#produced.get(touchpointId);
    if (produced?.step === run.step && now().getTime() - produced.at < LOST_AFTER_MS) {
      metrics.touchpointsHeldBack.inc();
      return;
    }
    const known = await contacts.findMany(touchpointId, page.entering);
    const gone = page.entering.filter((id) => !known.has(id));
    if (gone.length === 0) {
      await this.#produce(claimed, [...known.values()]);
      return;
    }
    // Deleted by a write that was in progress at the due time: nothing is left to tell of them, unless it was told.
    const routed = await outcomes.findRouted(toEntered(claimed), gone);
    const lost = new Set(gone.filter((id) => !routed.has(id)));
    logger.warn({ workspaceId, touchpointId, contacts: lost.size }, "touchpoint.contacts_gone");
    const entering = page.entering.filter((id) => !lost.has(id));
    const rest = { ...page, entering, deleted: page.deleted + lost.size };
    const advanced = await runs.advance(claimed, owner, { page: rest });
    if (advanced) await this.#produce(advanced, [...known.values()]);
  }

  /** While Kafka is away it waits for it, without limit. */
  async #produce(claimed: ClaimedRun, contacts: readonly Contact[]): Promise<void> {
    const { producer, workspaces, eventsTopic, metrics, now } = this.#options;
    const workspace = await workspaces.find(claimed.workspaceId);
    if (!workspace) return;
    for (let from = 0; from < contacts.length; from += MADE_AT_ONCE) {
      const records = contacts
        .slice(from, from + MADE_AT_ONCE)
        .map((contact) =>
          toOutgoingRecord(toTouchpointRecord(eventsTopic, workspace, claimed, contact, now())),
        );
      await producer.sendAll(records);
      metrics.touchpointContacts.inc(records.length);
    }
    this.#produced.set(claimed._id, { step: claimed.run.step, at: now().getTime() });
  }
}

export const toEntered = ({ workspaceId, _id: touchpointId }: ClaimedRun) => ({ workspaceId, touchpointId });

/** A run once a page of it is routed. */
function afterPage({ run }: ClaimedRun, { through, entering, deleted }: TouchpointPage) {
  return {
    ...(through !== undefined && { walkedThrough: through }),
    entered: run.entered + entering.length,
    deleted: run.deleted + deleted,
  };
}
