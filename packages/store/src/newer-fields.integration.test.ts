import { randomUUID } from "node:crypto";
import { asAudienceId, asWorkspaceId } from "@hooklane/core";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { AudienceRepository } from "./audiences/audience-repository.js";
import { AUDIENCES } from "./audiences/audience.js";
import { CONTACTS } from "./audiences/contact.js";
import { ContactWriter } from "./audiences/contact-writer.js";
import { type PlanDocument, PLANS } from "./plans/plan.js";
import { PlanRepository } from "./plans/plan-repository.js";
import { openStore, type Store } from "./store.js";
import { WORKSPACES } from "./workspaces/workspace.js";

const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");
const audienceId = asAudienceId("au_1");
const ofANewerRelease = { regions: ["eu"] };
const document = { version: 1, createdAt: at, updatedAt: at };

let store: Store;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `newer-${randomUUID().slice(0, 8)}` });
  await raw(WORKSPACES).insertOne({ _id: workspaceId, eventsPartition: 0 });
  await raw(AUDIENCES).insertOne({
    _id: audienceId,
    workspaceId,
    name: "Readers",
    ...document,
    ofANewerRelease,
  });
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const raw = (collection: string) =>
  store.db.collection<{ readonly _id: string; readonly [field: string]: unknown }>(collection);
const find = (collection: string, id: string) => raw(collection).findOne({ _id: id });

// Of each way documents are read: parsed, by a schema that admits no other field, in bulk.
test("what a newer release keeps in an audience stays there when this one changes it", async () => {
  await new AudienceRepository(store).change(
    workspaceId,
    audienceId,
    1,
    (audience) => ({ ...audience, name: "Others" }),
    at,
  );
  expect(await find(AUDIENCES, audienceId)).toMatchObject({ name: "Others", version: 2, ofANewerRelease });
});

test("what a newer release keeps in a plan does not keep this one from changing it, and stays there", async () => {
  const plans = new PlanRepository(store);
  const plan = {
    _id: "basic",
    family: "own",
    rank: 1,
    ...document,
  } as unknown as PlanDocument;
  await raw(PLANS).insertOne({ ...plan, ofANewerRelease });
  await plans.change("basic", 1, (current) => ({ ...current, rank: 2 }), at);
  expect(await find(PLANS, "basic")).toMatchObject({ rank: 2, version: 2, ofANewerRelease });
});

test("what a newer release keeps in a contact stays there, and a field that is taken away goes", async () => {
  const writer = new ContactWriter(store);
  const email = "lea@example.org";
  const put = (patch: object) =>
    writer.write({ _id: audienceId, workspaceId }, { kind: "put", email, patch }, { source: "api", at });
  await put({ emailFormat: "text", fields: { city: "Lyon" } });
  await store.db.collection(CONTACTS).updateOne({ emailKey: email }, { $set: { ofANewerRelease } });
  await put({ emailFormat: null, fields: { city: "Nice" } });
  const contact = await store.db.collection(CONTACTS).findOne({ emailKey: email });
  expect(contact).toMatchObject({ fields: { city: "Nice" }, version: 2, ofANewerRelease });
  expect(contact).not.toHaveProperty("emailFormat");
});
