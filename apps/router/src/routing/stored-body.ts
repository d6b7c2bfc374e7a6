import { redactEvent, toEventJson } from "@hooklane/core";
import type { NewLoggedEvent, WorkspaceDocument } from "@hooklane/store";
import { readEvent } from "./read-event.js";

/** What the log keeps of an event's bytes. */
export type StoredBody = Pick<NewLoggedEvent, "shownBody" | "originalBody">;

/** In place of what cannot be read, and so not be told apart: nothing of it is shown. */
const UNREADABLE = Buffer.from("{}");

/**
 * Takes the fields a workspace names out of what is stored in the clear (docs/adr/0023). The original is kept beside it
 * where the two differ: also where the text only is written in another way, as a member that stands twice is read once.
 * A workspace that names none costs this one look.
 */
export function toStoredBody(
  body: Uint8Array,
  workspace: Pick<WorkspaceDocument, "redact"> | undefined,
): StoredBody {
  if (!workspace || workspace.redact.length === 0) return { shownBody: body };
  const event = readEvent(body);
  const shownBody = event ? Buffer.from(toEventJson(redactEvent(event, workspace.redact))) : UNREADABLE;
  return shownBody.equals(body) ? { shownBody: body } : { shownBody, originalBody: body };
}
