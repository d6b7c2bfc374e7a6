import { TAG_LENGTH_MAX, whyNoTag } from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "../lists.js";
import { refuse } from "../refuse.js";

/** A tag's name. */
export const tagName = z
  .string()
  .superRefine((name, context) => {
    const fault = whyNoTag(name);
    if (fault !== undefined)
      refuse(context, [], name.length > TAG_LENGTH_MAX ? "too_long" : "invalid_format", fault);
  })
  .meta({ override: { type: "string", minLength: 1, maxLength: TAG_LENGTH_MAX } });

/** `POST /v1/audiences/{id}/tags` */
export const createTag = z.strictObject({ name: tagName }).meta({ id: "CreateTag" });

export const tag = z.strictObject({ name: z.string(), createdAt: time }).meta({ id: "Tag" });
export type TagAnswer = z.input<typeof tag>;

export const tagList = listOf(tag, "TagList");
