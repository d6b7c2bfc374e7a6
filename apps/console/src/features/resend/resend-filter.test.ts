import { resendFilter } from "@hooklane/contracts";
import { expect, test } from "@jest/globals";
import { DELIVERY_STATUSES } from "../log/log-search.js";
import { toResendable } from "./resend-filter.js";

const times = { from: "2026-01-15T10:00:00.000Z", to: "2026-01-16T10:00:00.000Z" };
const webhooks = [{}, { webhookId: "wh_1" }];
const statuses = [{}, ...DELIVERY_STATUSES.map((status) => ({ status }))];
const lists = webhooks.flatMap((webhook) => statuses.map((status) => ({ ...webhook, ...status, ...times })));

test.each(lists)("%j is offered to be resent exactly when the API takes it as a filter", (list) => {
  const resendable = toResendable(list);
  expect(resendable.kind === "filter").toBe(resendFilter.safeParse(list).success);
  if (resendable.kind === "filter") expect(resendable.filter).toEqual(list);
});
