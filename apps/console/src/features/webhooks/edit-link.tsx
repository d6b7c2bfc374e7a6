import type { Webhook } from "@hooklane/client";
import { Link } from "@tanstack/react-router";

/** Lists a webhook can stand in, each with a form of its own. */
export type WebhookPlace = "webhooks" | "integrations";

interface EditLinkProps {
  readonly webhook: Webhook;
  readonly place?: WebhookPlace | undefined;
  /** Of what is shown as the link. */
  readonly attributes: object;
}

/** Leads to the form a webhook is changed with. */
export function EditLink({ webhook, place = "webhooks", attributes }: EditLinkProps) {
  const { id, kind, audienceId } = webhook;
  if (kind === "audience" && audienceId !== undefined) {
    const params = { id: audienceId, webhookId: id };
    return <Link to="/audience/$id/webhooks/$webhookId" params={params} {...attributes} />;
  }
  if (place === "integrations")
    return <Link to="/settings/integrations/webhooks/$id" params={{ id }} {...attributes} />;
  return <Link to="/webhooks/$id/edit" params={{ id }} {...attributes} />;
}
