import { asAudienceId } from "@hooklane/core";
import type { AudienceDocument, AudienceRepository } from "@hooklane/store";
import { type Answer, notFound } from "../http/answer.js";
import type { WorkspaceCall } from "../http/operation.js";

/** Calls `handle` with the audience of the path, or answers that there is none. */
export async function withAudience(
  audiences: AudienceRepository,
  { workspaceId, params }: Pick<WorkspaceCall<unknown, unknown>, "workspaceId" | "params">,
  handle: (audience: AudienceDocument) => Promise<Answer>,
): Promise<Answer> {
  const audience = await audiences.find(workspaceId, asAudienceId(params.id ?? ""));
  return audience ? handle(audience) : notFound("audience");
}
