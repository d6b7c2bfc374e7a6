import { setTimeout as sleep } from "node:timers/promises";
import {
  always,
  anEvent,
  answer,
  type Behaviour,
  numberedEvents,
  type Receiver,
  type Services,
  slow,
  type TestWorkspace,
} from "@hooklane/testing";
import { Upstream } from "../../e2e/support/upstream.js";

/** Between two rounds of events, milliseconds: enough to be seen, and not so much that a slow machine falls behind. */
const ROUND_MS = 500;

/**
 * An installation with everything a dashboard shows: events by both doors, receivers that are fast, slow, failing, gone and
 * behind tokens, callers who send what is refused, webhooks that trip the rule and people who are told.
 */
export class BusyInstallation {
  readonly #services: Services;
  readonly #receiver: Receiver;
  readonly #upstream: Upstream;
  readonly #stop = new AbortController();
  #rounds: Promise<void> = Promise.resolve();

  private constructor(services: Services, receiver: Receiver, upstream: Upstream) {
    this.#services = services;
    this.#receiver = receiver;
    this.#upstream = upstream;
  }

  /** Goes on until {@link stop}. */
  static async start(services: Services, receiver: Receiver): Promise<BusyInstallation> {
    const busy = new BusyInstallation(services, receiver, await Upstream.connect(services));
    const healthy = await busy.#createHealthy();
    busy.#rounds = busy.#work(healthy);
    // Whoever stops it hears of it.
    busy.#rounds.catch(() => undefined);
    return busy;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#rounds.finally(() => this.#upstream.close());
  }

  async #createHealthy(): Promise<TestWorkspace> {
    const receiver = this.#receiver;
    const workspace = await this.#services.createWorkspace({ name: "Busy" });
    for (let n = 0; n < 4; n++) await workspace.createWebhook({ url: receiver.url(`/busy/${n}`) });
    receiver.behave("/busy/slow", slow(40));
    await workspace.createWebhook({ url: receiver.url("/busy/slow") });
    receiver.behave("/busy/tokens", issuing);
    await workspace.createWebhook({
      url: receiver.url("/busy/behind-tokens"),
      auth: { type: "oauth2", tokenUrl: receiver.url("/busy/tokens"), clientId: "busy", clientSecret: "s" },
    });
    return workspace;
  }

  /** Rounds of events, a new workspace that trips the rule in every tenth. */
  async #work(workspace: TestWorkspace): Promise<void> {
    for (let round = 0; !this.#stop.signal.aborted; round++) {
      await workspace.sendMany(numberedEvents(4));
      await this.#upstream.send(workspace.id, [...numberedEvents(2), anEvent({ type: "no.such_type" })]);
      await workspace.ingest.call("POST", "/v1/events", "{");
      await workspace.api.call("GET", "/v1/webhooks");
      if (round % 10 === 0) await this.#trip(round);
      await sleep(ROUND_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** More errors than a workspace may have in half an hour. */
  async #trip(round: number): Promise<void> {
    const path = `/failing/${round}`;
    this.#receiver.behave(path, always(500));
    const workspace = await this.#services.createWorkspace({
      name: `Failing ${round}`,
      contacts: [{ email: "lea@example.org", language: "fr" }],
    });
    await workspace.createWebhook({ url: this.#receiver.url(path) });
    await workspace.sendMany(numberedEvents(12));
  }
}

/** A token endpoint whose tokens are good for a moment only. */
const issuing: Behaviour = () =>
  answer(200, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ access_token: "t", token_type: "Bearer", expires_in: 1 }),
  });
