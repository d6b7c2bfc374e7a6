import { z } from "zod";

/** Elements a list gives at most in one answer. */
export const LIST_LIMIT_MAX = 200;

/** Query of every list. Values are text in a URL. */
export const listQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIST_LIMIT_MAX)
    .default(50)
    .meta({
      description: "Elements at most",
      override: { type: "integer", minimum: 1, maximum: LIST_LIMIT_MAX, default: 50 },
    }),
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: "`nextCursor` of the answer before; opaque" }),
});

/** An answer with one page of a list. */
export const listOf = <Element extends z.ZodType>(element: Element, id: string) =>
  z
    .strictObject({
      data: z.array(element),
      nextCursor: z.string().nullable().meta({ description: "Null at the end of the list" }),
    })
    .meta({ id });

/** A time in an answer: ISO 8601, UTC. */
export const time = z.iso.datetime().meta({ description: "ISO 8601, UTC" });

/** A time in a query. */
export const timeQuery = z.iso.datetime({ offset: true });
