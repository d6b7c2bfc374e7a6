import { asWorkspaceId, EVENT_SOURCES, matchEvent, type NativeEvent, asEventId } from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import { webhook as aWebhook } from "../testing/test-configuration.js";
import { WebhookIndex } from "./webhook-index.js";

const workspaceId = asWorkspaceId("ws_1");

const webhook = (id: string, change: Partial<WebhookDocument> = {}) =>
  aWebhook(id, change) as unknown as WebhookDocument;

const content: NativeEvent = {
  id: asEventId("evt_1"),
  type: "routed",
  timestamp: "2026-01-15T10:00:00Z",
  source: EVENT_SOURCES[0],
  data: { total: 5, subscriber: { audience_id: "a_4" } },
};

const event = {
  type: "routed",
  source: content.source,
  suppressed: false,
  sourceFilterApplies: true,
  readContent: () => content,
};

/** An index over webhooks that can be put in place of one another, and what it logged. */
function indexOf(first: readonly WebhookDocument[]) {
  let webhooks = first;
  const logged: unknown[] = [];
  const logger = { error: (fields: unknown, name: unknown) => logged.push([name, fields]) };
  const index = new WebhookIndex({ webhooksOf: () => webhooks }, logger as never);
  return {
    logged,
    replace: (next: readonly WebhookDocument[]) => (webhooks = next),
    candidates: () => index.of(workspaceId).get("routed") ?? [],
    reasons: () =>
      matchEvent(index.of(workspaceId), event).unmatched.map((entry) => [entry.webhook.id, entry.reason]),
  };
}

describe("the index of a workspace's webhooks", () => {
  test("has their filters and audiences decide", () => {
    const { reasons, candidates } = indexOf([
      webhook("wh_1", { filterJson: '{"data.total":{"$gt":4}}' }),
      webhook("wh_2", { filterJson: '{"data.total":{"$gt":5}}' }),
      webhook("wh_3", { audienceId: "a_4" }),
      webhook("wh_4", { audienceId: "a_5", filterJson: '{"data.total":5}' }),
    ]);
    expect(candidates()).toHaveLength(4);
    expect(reasons()).toEqual([
      ["wh_2", "filter"],
      ["wh_4", "audience"],
    ]);
  });

  test("keeps what it compiled of a webhook while others change, and not when it changes itself", () => {
    const stays = webhook("wh_1", { filterJson: '{"data.total":5}' });
    const index = indexOf([stays, webhook("wh_2")]);
    const [before] = index.candidates();
    index.replace([stays, webhook("wh_2", { version: 2 })]);
    expect(index.candidates()[0]).toBe(before);
    index.replace([webhook("wh_1", { version: 2, filterJson: '{"data.total":6}' }), webhook("wh_2")]);
    expect(index.reasons()).toEqual([["wh_1", "filter"]]);
  });

  test.each(["no json", '{"$where":"1"}'])(
    "has a filter that cannot be read (%s) match nothing, and says so",
    (filterJson) => {
      const { reasons, logged } = indexOf([webhook("wh_1", { filterJson }), webhook("wh_2")]);
      expect(reasons()).toEqual([["wh_1", "filter"]]);
      reasons();
      expect(logged).toEqual([
        ["router.unreadable_filter", expect.objectContaining({ webhookId: "wh_1", version: 1 })],
      ]);
    },
  );
});
