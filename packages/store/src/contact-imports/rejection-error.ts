import type { FieldError } from "@hooklane/contracts";
import { CONTACT_FIELDS_LENGTH_MAX, CONTACT_FIELDS_MAX, CONTACT_TAGS_MAX } from "@hooklane/core";
import type { ContactRejection } from "../audiences/contact-write.js";

/** Why a line that is a contact was not written. */
export function toRejectionError(rejection: ContactRejection): readonly FieldError[] {
  switch (rejection.reason) {
    case "unknown_tag":
      return rejection.tags.map((tag) => ({
        path: "tags",
        code: "invalid_value",
        message: `the audience has no tag ${JSON.stringify(tag)}`,
      }));
    case "too_many_fields":
      return [{ path: "fields", code: "too_long", message: `would be more than ${CONTACT_FIELDS_MAX}` }];
    case "fields_too_large":
      return [
        {
          path: "fields",
          code: "too_long",
          message: `would have more than ${CONTACT_FIELDS_LENGTH_MAX} characters as JSON`,
        },
      ];
    case "too_many_tags":
      return [{ path: "tags", code: "too_long", message: `would be more than ${CONTACT_TAGS_MAX}` }];
    case "email_taken":
    case "moved":
    case "not_found":
    case "audience_deleted":
      return [{ path: "", code: "invalid_value", message: `was not written: ${rejection.reason}` }];
  }
}
