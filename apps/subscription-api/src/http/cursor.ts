import type { z } from "zod";

/** A place in a list as the text clients hand back; they must not read it. */
export const encodeCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

/** Reads a client's cursor; undefined when it is not one we gave for such a list. */
export function decodeCursor<Place>(text: string, schema: z.ZodType<Place>): Place | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const place = schema.safeParse(parsed);
    return place.success ? place.data : undefined;
  } catch {
    return undefined;
  }
}
