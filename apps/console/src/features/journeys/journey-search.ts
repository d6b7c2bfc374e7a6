import type { MapPlace } from "./journey-map.js";

/** What an address says of where a point is to stand. */
export function readMapPlace(raw: Readonly<Record<string, unknown>>): MapPlace {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return { after: text(raw.after), before: text(raw.before) };
}
