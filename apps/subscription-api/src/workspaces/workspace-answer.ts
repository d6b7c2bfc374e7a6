import type { WorkspaceAnswer } from "@hooklane/contracts";
import type { WorkspaceDocument } from "@hooklane/store";

/** @param options.withSecret shows the secret of the operational webhook: when its URL was just set */
export function toWorkspaceAnswer(
  workspace: WorkspaceDocument,
  { withSecret = false }: { readonly withSecret?: boolean } = {},
): WorkspaceAnswer {
  const { operationalWebhook: operational } = workspace;
  return {
    id: workspace._id,
    name: workspace.name,
    contacts: workspace.contacts.map(({ email, language }) => ({ email, language })),
    plan: workspace.plan,
    timeZone: workspace.timeZone,
    disablePolicy: workspace.disablePolicy,
    redact: [...workspace.redact],
    retentionDays: workspace.retentionDays,
    ...(operational && {
      operationalWebhook: { url: operational.url, ...(withSecret && { secret: operational.secret }) },
    }),
    version: workspace.version,
    createdAt: workspace.createdAt.toISOString(),
    updatedAt: workspace.updatedAt.toISOString(),
  };
}
