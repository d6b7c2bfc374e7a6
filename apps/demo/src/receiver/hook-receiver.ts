import { performance } from "node:perf_hooks";
import { Webhook } from "standardwebhooks";
import { FlakyReceiver } from "./flaky.js";
import { OrderCheck, readDemoPlace } from "./order-check.js";
import {
  BODY_CHARACTERS_KEPT,
  type ReceivedLog,
  type ReceivedRequest,
  type SignatureVerdict,
} from "./received-log.js";

/** A request of a webhook. */
export interface HookRequest {
  /** Path without query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const HOOK_PATH = /^\/hooks\/([\w.-]{1,100})$/;
const NAME_CHARACTERS_KEPT = 200;
const PATHS_CHECKED_MAX = 200;
/** Not for a page that anybody may open. */
const SECRET_HEADERS = new Set(["authorization", "cookie", "proxy-authorization"]);

/** Plays the systems webhooks are for: takes everything, checks signature and order, and remembers what came. */
export class HookReceiver {
  readonly #log: ReceivedLog;
  readonly #secrets = new Map<string, string>();
  readonly #orders = new Map<string, OrderCheck>();
  readonly #flaky = new FlakyReceiver(performance.now());

  constructor(log: ReceivedLog) {
    this.#log = log;
  }

  /** From now on requests to `/hooks/<name>` are checked with this secret, and refused when it does not fit. */
  expectSignature(name: string, secret: string): void {
    this.#secrets.set(name, secret);
  }

  /** Takes a request in. @returns what it is answered with */
  receive({ path, headers, body }: HookRequest): ReceivedRequest {
    const name = (HOOK_PATH.exec(path)?.[1] ?? path).slice(0, NAME_CHARACTERS_KEPT);
    const events = readEvents(body);
    const signature = this.#verify(name, headers, body);
    const statusCode =
      signature === "invalid" ? 401 : name === "flaky" ? this.#flaky.answer(performance.now()) : 200;
    return this.#log.add({
      name,
      receivedAt: new Date().toISOString(),
      headers: Object.fromEntries(Object.entries(headers).filter(([header]) => !SECRET_HEADERS.has(header))),
      body: body.subarray(0, BODY_CHARACTERS_KEPT).toString("utf8"),
      bodyBytes: body.byteLength,
      events: events.length,
      signature,
      // What anybody may have sent says nothing about the line.
      order:
        signature === "invalid"
          ? "unknown"
          : this.#orderOf(name).check(events.map(readDemoPlace), statusCode === 200),
      statusCode,
    });
  }

  #verify(name: string, headers: Readonly<Record<string, string>>, body: Buffer): SignatureVerdict {
    const secret = this.#secrets.get(name);
    if (secret === undefined) return "unchecked";
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return "valid";
    } catch {
      return "invalid";
    }
  }

  #orderOf(name: string): OrderCheck {
    const known = this.#orders.get(name);
    if (known) return known;
    const order = new OrderCheck();
    if (this.#orders.size < PATHS_CHECKED_MAX) this.#orders.set(name, order);
    return order;
  }
}

/** Events of a body: one, or a batch; a body that is not JSON counts as one. */
function readEvents(body: Buffer): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    return [undefined];
  }
}
