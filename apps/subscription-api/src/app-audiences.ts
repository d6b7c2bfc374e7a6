import {
  AudienceRepository,
  ContactRepository,
  ContactWriter,
  SegmentRepository,
  type Store,
  TagRepository,
} from "@hooklane/store";
import { audienceOperations } from "./audiences/audience-operations.js";
import { contactOperations } from "./audiences/contact-operations.js";
import { segmentOperations } from "./audiences/segment-operations.js";
import { tagOperations } from "./audiences/tag-operations.js";
import type { Operation } from "./http/operation.js";

/** Audiences and what they have. */
export function createAudienceOperations(store: Store, now: () => Date): readonly Operation[] {
  const audiences = new AudienceRepository(store);
  const segments = new SegmentRepository(store);
  const contacts = new ContactRepository(store);
  return [
    ...audienceOperations({ audiences, now }),
    ...segmentOperations({ audiences, segments, contacts, now }),
    ...tagOperations({ audiences, tags: new TagRepository(store), now }),
    ...contactOperations({ audiences, segments, contacts, writer: new ContactWriter(store), now }),
  ];
}
