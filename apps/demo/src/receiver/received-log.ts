import type { OrderVerdict } from "./order-check.js";

/** `unchecked`: the secret is not known here. */
export type SignatureVerdict = "valid" | "invalid" | "unchecked";

/** One request as it came. */
export interface ReceivedRequest {
  /** Counted from 1 since the start. */
  readonly id: number;
  /** `crm` of `/hooks/crm`; of any other path the path. */
  readonly name: string;
  readonly receivedAt: string;
  /** Lower-case names. Credentials are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, its first 16 KiB. */
  readonly body: string;
  readonly bodyBytes: number;
  /** Events in the body: one, or those of a batch. */
  readonly events: number;
  readonly signature: SignatureVerdict;
  readonly order: OrderVerdict;
  /** What was answered. */
  readonly statusCode: number;
}

/** Counts of one name since the start. */
export interface NameSummary {
  readonly name: string;
  requests: number;
  events: number;
  refused: number;
  invalidSignatures: number;
  orderViolations: number;
  repeats: number;
  lastAt: string;
}

const REQUESTS_KEPT = 500;
const NAMES_KEPT = 200;
export const BODY_CHARACTERS_KEPT = 16 * 1024;

/** The newest requests, and counts by name. Bounded, whatever comes. */
export class ReceivedLog {
  #requests: ReceivedRequest[] = [];
  readonly #summaries = new Map<string, NameSummary>();
  #count = 0;

  add(request: Omit<ReceivedRequest, "id">): ReceivedRequest {
    const received = { id: ++this.#count, ...request };
    this.#requests.push(received);
    if (this.#requests.length > REQUESTS_KEPT) this.#requests = this.#requests.slice(-REQUESTS_KEPT);
    this.#sum(received);
    return received;
  }

  /** Newest first. */
  list({
    name,
    limit,
  }: {
    readonly name?: string | undefined;
    readonly limit: number;
  }): readonly ReceivedRequest[] {
    const found = this.#requests.filter((request) => name === undefined || request.name === name);
    return found.slice(-limit).reverse();
  }

  /** In order of first appearance. */
  get summaries(): readonly Readonly<NameSummary>[] {
    return [...this.#summaries.values()];
  }

  #sum({ name, events, statusCode, signature, order, receivedAt }: ReceivedRequest): void {
    const summary = this.#summaries.get(name) ?? {
      name,
      requests: 0,
      events: 0,
      refused: 0,
      invalidSignatures: 0,
      orderViolations: 0,
      repeats: 0,
      lastAt: receivedAt,
    };
    if (this.#summaries.size >= NAMES_KEPT && !this.#summaries.has(name)) return;
    this.#summaries.set(name, summary);
    summary.requests++;
    summary.events += events;
    summary.lastAt = receivedAt;
    if (statusCode >= 300) summary.refused++;
    if (signature === "invalid") summary.invalidSignatures++;
    if (order === "violation") summary.orderViolations++;
    if (order === "repeat") summary.repeats++;
  }
}
