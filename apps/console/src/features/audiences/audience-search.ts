/** What the dashboard shows. */
interface AudienceSearch {
  /** Absent: the first there is. */
  readonly audience?: string | undefined;
}

export const readAudienceSearch = ({ audience }: Readonly<Record<string, unknown>>): AudienceSearch =>
  typeof audience === "string" ? { audience } : {};
