import type { AuditObject } from "@hooklane/core";
import { mapFields, SECRET_FIELDS } from "../secrets/secret-fields.js";

/** Stands for a secret: the same for every one, so that nothing is learnt of it, not even its length. */
const MASK = "••••";

/** What nobody may read in the audit log. A new kind of object has to say what of it. */
const MASKED_FIELDS: Readonly<Record<AuditObject, readonly string[]>> = {
  workspace: SECRET_FIELDS.workspaces,
  api_key: ["hash"],
  event_type: [],
  webhook: SECRET_FIELDS.webhooks,
  plan: [],
  scheduled_event: [],
  job: [],
  resend: [],
  audience: [],
  segment: [],
  tag: [],
  contact_import: [],
  journey: [],
  campaign: [],
  touchpoint: [],
};

/** A copy of an object without its secrets. */
export function maskSecrets<Value extends object>(kind: AuditObject, value: Value): Value {
  return mapFields(MASKED_FIELDS[kind], value, () => MASK);
}
