import { asWorkspaceId, RESERVED_TYPES } from "@hooklane/core";
import type { Store } from "@hooklane/store";
import { expect, test } from "@jest/globals";
import { Directory } from "./directory.js";

test("types of Hooklane's own are not looked for, so arrivals are taken while the database is away", async () => {
  const nothing = () => undefined;
  const away = {
    get db(): never {
      throw new Error("away");
    },
  } as unknown as Store;
  const directory = new Directory({ workspace: nothing, apiKey: nothing, eventType: nothing }, away);
  const workspaceId = asWorkspaceId("ws_1");
  expect(directory.prepareEventTypes(RESERVED_TYPES.map((type) => ({ workspaceId, type })))).toBeUndefined();
  await expect(directory.prepareEventTypes([{ workspaceId, type: "email.opened" }])).rejects.toThrow("away");
});
