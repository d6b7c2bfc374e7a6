import { CATALOGUE, type Preset } from "@hooklane/contracts";

/** A webhook of the demo. */
export interface DemoWebhook {
  /** Last part of its path at the receiver. */
  readonly key: string;
  readonly name: string;
  readonly eventTypes: readonly string[];
  readonly batching?: { readonly maxEvents: number; readonly maxWaitSeconds: number };
}

/** Types a plan may lock are left out: the demo shows what everybody has. */
const typesOf = (...presets: readonly Preset[]): readonly string[] =>
  CATALOGUE.eventTypes
    .filter(({ preset, requiredPlan }) => presets.includes(preset) && requiredPlan === undefined)
    .map(({ type }) => type);

/** One that takes what it is sent, one that gets batches, one that fails now and then. */
export const DEMO_WEBHOOKS: readonly DemoWebhook[] = [
  { key: "crm", name: "Demo: CRM", eventTypes: typesOf("messaging") },
  {
    key: "analytics",
    name: "Demo: analytics (batched)",
    eventTypes: typesOf("email_marketing", "audience", "messaging"),
    batching: { maxEvents: 20, maxWaitSeconds: 5 },
  },
  { key: "flaky", name: "Demo: flaky", eventTypes: typesOf("email_marketing", "audience") },
];
