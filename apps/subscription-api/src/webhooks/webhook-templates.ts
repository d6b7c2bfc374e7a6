import type { FieldError } from "@hooklane/contracts";
import type { WebhookBody } from "@hooklane/core";
import { checkBody, describeFailure, type TemplateFailure } from "@hooklane/request";

/** What of a webhook's own body is no template; each with its place (product.md D12). */
export function checkTemplates(body: WebhookBody | undefined): readonly FieldError[] {
  if (body === undefined) return [];
  return checkBody(body).map(({ index, failure }) => ({
    path: index === undefined ? "body" : `body.${index}.value`,
    code: "invalid_template",
    message: describeFailure(failure),
    ...toPosition(failure),
  }));
}

const toPosition = ({ line, column }: TemplateFailure) =>
  line !== undefined && column !== undefined && { position: { line, column } };
