/** Which changes the audit log shows. */
export interface AuditSearch {
  /** Who made them: a key's id, `operator` or `system`. Absent: everybody. */
  readonly actor?: string | undefined;
  /** Id of what was changed. Absent: anything. */
  readonly object?: string | undefined;
}

export function readAuditSearch(raw: Readonly<Record<string, unknown>>): AuditSearch {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return { actor: text(raw.actor), object: text(raw.object) };
}
