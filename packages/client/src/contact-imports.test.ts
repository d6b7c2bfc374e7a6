import { expect, test } from "@jest/globals";
import { Hooklane } from "./hooklane.js";

interface Sent {
  readonly url: string;
  readonly type: string | null;
  readonly key: string | null;
  readonly body: string;
}

test("an upload that is tried again is sent again as a whole, under the same key", async () => {
  const sent: Sent[] = [];
  const answers = [
    new Response("{}", { status: 503 }),
    new Response('{"id":"job_1","kind":"contact_import"}', { status: 202 }),
  ];
  const hooklane = new Hooklane({
    apiUrl: "https://api.example.org/",
    apiKey: "hl_live_test",
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      const body = await (init?.body as Blob).text();
      const [type, key] = [headers.get("content-type"), headers.get("idempotency-key")];
      sent.push({ url: input as string, type, key, body });
      return answers.shift() ?? Response.error();
    },
  });
  const job = await hooklane.contactImports.begin(
    "au_1",
    { contentType: "text/csv", body: new Blob(["email\na@b.org\n"]) },
    { update: false, tags: ["a", "b"] },
  );
  expect(job.id).toBe("job_1");
  const [first, second] = sent;
  expect(first).toMatchObject({
    url: "https://api.example.org/v1/audiences/au_1/imports?update=false&tags=a%2Cb",
    type: "text/csv",
    body: "email\na@b.org\n",
  });
  expect(second).toEqual(first);
  expect(first?.key).toMatch(/^[0-9a-f-]{36}$/);
});
