import { asEndpointId, asWorkspaceId } from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";
import { expect, test } from "@jest/globals";
import { RateLimits } from "./rate-limits.js";

const workspace = asWorkspaceId("ws_1");
const webhook = (endpoint: string, rateLimitPerSecond?: number) =>
  ({
    endpointId: asEndpointId(endpoint),
    ...(rateLimitPerSecond !== undefined && { rateLimitPerSecond }),
  }) as WebhookDocument;

test("the lowest limit of an endpoint's webhooks holds, and follows the configuration", () => {
  let webhooks: readonly WebhookDocument[] = [
    webhook("ep_1", 5),
    webhook("ep_1", 2),
    webhook("ep_1"),
    webhook("ep_2"),
  ];
  const limits = new RateLimits({ webhooksOf: () => webhooks });
  expect(limits.of(workspace, asEndpointId("ep_1"))).toBe(2);
  expect(limits.of(workspace, asEndpointId("ep_2"))).toBeUndefined();
  webhooks = [webhook("ep_2", 7)];
  expect(limits.of(workspace, asEndpointId("ep_1"))).toBeUndefined();
  expect(limits.of(workspace, asEndpointId("ep_2"))).toBe(7);
});
