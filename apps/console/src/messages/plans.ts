import type { Messages } from "./messages.js";

/** What the workspace's plan has, and what others unlock (console-flows.md F9). */
export const plans = {
  title: ["Plans", "Plans"],
  current: ["Your plan", "Votre plan"],
  unlocks: ["Unlocks", "Débloque"],
  upgrade: ["Upgrade", "Mettre à niveau"],
  access_none: ["no webhooks", "pas de webhooks"],
  access_configure: ["webhooks as drafts, not sent", "webhooks en brouillon, sans envoi"],
  access_full: ["webhooks", "webhooks"],
  kind_events: ["Webhooks", "Webhooks"],
  kind_audience: ["Audience webhooks", "Webhooks d'audience"],
  kind_journey_point: ["Journey points", "Points de parcours"],
  kind_touchpoint: ["Campaign touchpoints", "Points de contact de campagne"],
} as const satisfies Messages;
