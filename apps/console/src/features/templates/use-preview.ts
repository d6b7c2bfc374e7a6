import { type FieldError, HooklaneError, type PreviewWebhook, type WebhookPreview } from "@hooklane/client";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "../../api/workspace-context.js";
import { type AdvancedValues, toWebhookBody } from "./advanced-values.js";
import type { Example } from "./examples.js";

/** After the last key, milliseconds: nobody reads faster. */
const PAUSE_MS = 300;

/** What a receiver would get, made by the code that makes the real requests; follows what is typed. */
export function usePreview(values: AdvancedValues, example: Example | undefined) {
  const { workspace, hooklane } = useWorkspace();
  const body = toWebhookBody(values);
  const given = JSON.stringify({
    contentType: values.contentType,
    ...(body !== undefined && { body }),
    ...(example?.kind === "type" && { eventType: example.eventType }),
    ...(example?.kind === "event" && { eventId: example.eventId }),
  });
  const [asked] = useDebouncedValue(given, PAUSE_MS);
  const query = useQuery({
    queryKey: [workspace.id, "preview", asked],
    enabled: example !== undefined,
    queryFn: async (): Promise<WebhookPreview> => {
      const { data } = await hooklane.api.POST("/v1/webhooks/preview", {
        body: JSON.parse(asked) as PreviewWebhook,
      });
      if (!data) throw new Error("The preview came without a body");
      return data;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return { ...query, faults: toFaults(query.error) };
}

/** What of the templates is none, at which field; the rest is no fault of what was typed. */
function toFaults(error: unknown): readonly FieldError[] {
  if (!(error instanceof HooklaneError)) return [];
  return error.errors.filter(({ path }) => path === "body" || path.startsWith("body."));
}
