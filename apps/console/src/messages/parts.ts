import { common } from "./common.js";
import type { CATALOGUE } from "./index.js";
import { type Language, toTexts } from "./languages.js";
import { layout } from "./layout.js";
import type { Messages } from "./messages.js";

type Part = keyof typeof CATALOGUE;

/** What every view shows. */
const FIRST = { common, layout };

/** Loaded with the first view that shows them. A feature adds its line. */
const LATER: Readonly<Record<Exclude<Part, keyof typeof FIRST>, () => Promise<Messages>>> = {
  audiences: async () => (await import("./audiences.js")).audiences,
  auditLog: async () => (await import("./audit-log.js")).auditLog,
  campaigns: async () => (await import("./campaigns.js")).campaigns,
  fields: async () => (await import("./fields.js")).fields,
  health: async () => (await import("./health.js")).health,
  integrations: async () => (await import("./integrations.js")).integrations,
  journeys: async () => (await import("./journeys.js")).journeys,
  log: async () => (await import("./log.js")).log,
  plans: async () => (await import("./plans.js")).plans,
  receivers: async () => (await import("./receivers.js")).receivers,
  requestBuilder: async () => (await import("./request-builder.js")).requestBuilder,
  resend: async () => (await import("./resend.js")).resend,
  settings: async () => (await import("./settings.js")).settings,
  stats: async () => (await import("./stats.js")).stats,
  templates: async () => (await import("./templates.js")).templates,
  touchpoints: async () => (await import("./touchpoints.js")).touchpoints,
  webhooks: async () => (await import("./webhooks.js")).webhooks,
};

/** The texts that are here from the start, by part and key. */
export const firstTexts = (language: Language): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(FIRST).map(([part, messages]) => [part, toTexts(messages, language)]));

/** The texts of a part that comes later. */
export async function loadTexts(language: Language, part: string): Promise<Record<string, string>> {
  const load = Object.entries(LATER).find(([name]) => name === part)?.[1];
  return load ? toTexts(await load(), language) : {};
}
