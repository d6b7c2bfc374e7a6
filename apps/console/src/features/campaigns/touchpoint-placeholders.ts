/** What of a touchpoint's event its request is made of most; the contact's own fields besides. */
export const PLACEHOLDERS = [
  "contact.email",
  "contact.id",
  "contact.fields.first_name",
  "contact.tags",
  "contact.status",
  "contact.audience_id",
  "data.campaign_id",
  "data.touchpoint_id",
  "id",
  "timestamp",
  "webhook.name",
] as const;
