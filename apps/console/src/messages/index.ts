import { audiences } from "./audiences.js";
import { auditLog } from "./audit-log.js";
import { campaigns } from "./campaigns.js";
import { common } from "./common.js";
import { fields } from "./fields.js";
import { health } from "./health.js";
import { integrations } from "./integrations.js";
import { journeys } from "./journeys.js";
import { layout } from "./layout.js";
import { log } from "./log.js";
import { plans } from "./plans.js";
import { receivers } from "./receivers.js";
import { requestBuilder } from "./request-builder.js";
import { resend } from "./resend.js";
import { settings } from "./settings.js";
import { stats } from "./stats.js";
import { templates } from "./templates.js";
import { touchpoints } from "./touchpoints.js";
import { webhooks } from "./webhooks.js";

/** Every text of the console, by part and key: its types, and what tests walk. A view loads its parts (parts.ts). */
export const CATALOGUE = {
  audiences,
  auditLog,
  campaigns,
  common,
  fields,
  health,
  integrations,
  journeys,
  layout,
  log,
  plans,
  receivers,
  requestBuilder,
  resend,
  settings,
  stats,
  templates,
  touchpoints,
  webhooks,
} as const;

type Catalogue = typeof CATALOGUE;

/** The parts of the catalogue, as i18next's types want them: each text by key. */
export type Resources = {
  readonly [Part in keyof Catalogue]: { readonly [Key in keyof Catalogue[Part]]: string };
};
