import type { ContactAnswer } from "@hooklane/contracts";
import {
  type Contact,
  CONTACT_FIELDS_LENGTH_MAX,
  CONTACT_FIELDS_MAX,
  CONTACT_TAGS_MAX,
} from "@hooklane/core";
import type { ContactRejection } from "@hooklane/store";
import { type Answer, invalid, moved, notFound, refusal } from "../http/answer.js";

export const toContactAnswer = ({
  id,
  email,
  emailFormat,
  status,
  fields,
  tags,
  version,
  createdAt,
  updatedAt,
}: Contact): ContactAnswer => ({
  id,
  email,
  ...(emailFormat && { emailFormat }),
  status,
  fields,
  tags: [...tags],
  version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** @param tags as they were given, to say which of them are unknown */
export function toRejectionAnswer(rejection: ContactRejection, tags: readonly string[] = []): Answer {
  switch (rejection.reason) {
    case "audience_deleted":
      return notFound("audience");
    case "not_found":
      return notFound("contact");
    case "moved":
      return moved("contact", rejection.version);
    case "email_taken":
      return refusal("conflict", `A contact of the audience has this address: ${rejection.by}.`);
    case "unknown_tag":
      return invalid(
        rejection.tags.map((name) => ({
          path: `tags.${tags.indexOf(name)}`,
          code: "invalid_value",
          message: "the audience has no such tag",
        })),
      );
    case "too_many_fields":
      return tooLong("fields", `must have at most ${CONTACT_FIELDS_MAX}`);
    case "fields_too_large":
      return tooLong("fields", `must have at most ${CONTACT_FIELDS_LENGTH_MAX} characters as JSON`);
    case "too_many_tags":
      return tooLong("tags", `must have at most ${CONTACT_TAGS_MAX}`);
  }
}

const tooLong = (path: string, message: string): Answer => invalid([{ path, code: "too_long", message }]);
