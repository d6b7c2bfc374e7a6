import { verify } from "@hooklane/client";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import {
  anEvent,
  answer,
  type Behaviour,
  eventually,
  freePort,
  makeTestCertificate,
  numberedEvents,
  readSequence,
  RECEIVER_HOST,
  type ReceivedRequest,
  type Receiver,
  script,
  startReceiver,
  type TestWorkspace,
} from "@hooklane/testing";
import { Webhook } from "standardwebhooks";
import { awaitStatuses, type LoggedDelivery, readDeliveries } from "../support/log.js";
import { useSharedServices } from "../support/suite.js";

const suite = useSharedServices();
const { check } = suite;

/** A token endpoint that counts its tokens: `t1`, `t2`, … */
const issuing =
  (expiresInSeconds: number): Behaviour =>
  (_request, nth) =>
    answer(200, {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        access_token: `t${nth}`,
        token_type: "Bearer",
        expires_in: expiresInSeconds,
      }),
    });

/** A webhook to `/<name>` with tokens from `/<name>/token`. */
function createOAuth2(
  workspace: TestWorkspace,
  name: string,
  tokenUrl = suite.receiver.url(`/${name}/token`),
) {
  return workspace.createWebhook({
    url: suite.receiver.url(`/${name}`),
    auth: { type: "oauth2", tokenUrl, clientId: "hook lane", clientSecret: "s:3", scope: "events:write" },
  });
}

const authorizations = (path: string) =>
  suite.receiver.requestsTo(path).map(({ headers }) => headers.authorization);

const errorsOf = ([delivery]: readonly LoggedDelivery[]) =>
  (delivery?.attempts ?? []).map((attempt) => {
    const { error, errorDetail } = attempt as { error?: string; errorDetail?: string };
    return [error, errorDetail];
  });

describe("a receiver is shown who sends", () => {
  check("by name and password, or by a token of its own", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({
      url: receiver.url("/basic"),
      auth: { type: "basic", username: "lea", password: "s3cret:é" },
    });
    await workspace.createWebhook({
      url: receiver.url("/bearer"),
      auth: { type: "bearer", token: "tok_1-a.b" },
    });
    await workspace.send(anEvent());
    await receiver.waitFor((requests) => requests.length === 1, { path: "/basic" });
    await receiver.waitFor((requests) => requests.length === 1, { path: "/bearer" });
    expect(authorizations("/basic")).toEqual([`Basic ${Buffer.from("lea:s3cret:é").toString("base64")}`]);
    expect(authorizations("/bearer")).toEqual(["Bearer tok_1-a.b"]);
  });

  check("in another way from the next event on, when it is changed", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { id } = await workspace.createWebhook({
      url: receiver.url("/changed"),
      auth: { type: "basic", username: "lea", password: "p" },
    });
    await workspace.send(anEvent());
    const changed = await workspace.api.ask<{ auth: object }>("PATCH", `/v1/webhooks/${id}`, {
      auth: { type: "bearer", token: "tok_2" },
    });
    expect(changed.auth).toEqual({ type: "bearer" });
    await workspace.send(anEvent());
    await receiver.waitFor((requests) => requests.length === 2, { path: "/changed" });
    expect(authorizations("/changed").at(-1)).toBe("Bearer tok_2");
  });
});

describe("OAuth2 client credentials", () => {
  check("one token is fetched, in the form of RFC 6749, and used for all events", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/reuse/token", issuing(3_600));
    const { id } = await createOAuth2(workspace, "reuse");
    await workspace.sendMany(numberedEvents(20));
    const requests = await receiver.waitFor((seen) => seen.length === 20, { path: "/reuse" });
    expect(readSequence(requests)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(new Set(authorizations("/reuse"))).toEqual(new Set(["Bearer t1"]));
    const [asked, ...more] = receiver.requestsTo("/reuse/token");
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from("hook+lane:s%3A3").toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
    });
    expect(asked?.body.toString()).toBe("grant_type=client_credentials&scope=events%3Awrite");
    await awaitStatuses(workspace, id, { delivered: 20 });
  });

  check("a token that expires is replaced before it does: no attempt fails", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/expiry/token", issuing(2));
    let issuedAt = 0;
    receiver.behave("/expiry", ({ headers, arrivedAt }) => {
      const tokens = receiver.requestsTo("/expiry/token");
      issuedAt = tokens.at(-1)?.arrivedAt ?? 0;
      const isCurrent = headers.authorization === `Bearer t${tokens.length}`;
      return answer(isCurrent && arrivedAt - issuedAt < 2_000 ? 200 : 401);
    });
    const { id } = await createOAuth2(workspace, "expiry");
    let sent = 0;
    await eventually(
      async () => {
        await workspace.send(anEvent());
        sent++;
        return receiver.requestsTo("/expiry/token").length >= 3;
      },
      { what: "a third token", intervalMs: 100 },
    );
    const rows = await awaitStatuses(workspace, id, { delivered: sent });
    expect(rows.filter(({ attempts }) => attempts.length !== 1)).toEqual([]);
  });

  check("a token the receiver does not take any more is replaced for the next attempt", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/revoked/token", issuing(3_600));
    let revoked = "";
    receiver.behave("/revoked", ({ headers }) => answer(headers.authorization === revoked ? 401 : 200));
    const { id } = await createOAuth2(workspace, "revoked");
    await workspace.send(anEvent());
    await awaitStatuses(workspace, id, { delivered: 1 });
    revoked = "Bearer t1";
    await workspace.send(anEvent());
    const rows = await awaitStatuses(workspace, id, { delivered: 2 });
    expect(authorizations("/revoked")).toEqual(["Bearer t1", "Bearer t1", "Bearer t2"]);
    expect(rows.map(({ attempts }) => attempts.map(({ statusCode }) => statusCode))).toEqual(
      expect.arrayContaining([[200], [401, 200]]),
    );
  });

  check("a refusal is a failed attempt with its reason, and nothing is sent", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const body = '{"error":"invalid_client","error_description":"s:3 is wrong"}';
    receiver.behave("/refused/token", () => answer(401, { body }));
    const { id } = await createOAuth2(workspace, "refused");
    await workspace.send(anEvent());
    const rows = await awaitStatuses(workspace, id, { dead_letter: 1 });
    expect(errorsOf(rows)).toEqual(Array(4).fill(["token_refused", "status 401, invalid_client"]));
    expect(receiver.requestsTo("/refused")).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain("s:3");
  });

  check(
    "an endpoint that is away is a failed attempt, and the retry goes through once it is back",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      receiver.behave("/away/token", script([503, { kind: "reset" }], issuing(3_600)));
      const { id } = await createOAuth2(workspace, "away");
      await workspace.send(anEvent());
      const rows = await awaitStatuses(workspace, id, { delivered: 1 });
      expect(errorsOf(rows)).toEqual([
        ["token_unavailable", "status 503"],
        ["token_unavailable", "connection_reset"],
        [undefined, undefined],
      ]);
      expect(authorizations("/away")).toEqual(["Bearer t3"]);

      const closed = await createOAuth2(workspace, "closed", `http://127.0.0.1:${await freePort()}/token`);
      await workspace.send(anEvent());
      const lost = await awaitStatuses(workspace, closed.id, { dead_letter: 1 });
      expect(errorsOf(lost)).toEqual(Array(4).fill(["token_unavailable", "connection_refused"]));
    },
  );

  check("an endpoint that hangs holds up nobody else's line", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/hangs/token", () => ({ kind: "hang" }));
    await createOAuth2(workspace, "hangs");
    await workspace.createWebhook({ url: receiver.url("/fine") });
    await workspace.send(anEvent());
    await receiver.waitFor((seen) => seen.length === 1, { path: "/hangs/token" });
    await workspace.sendMany(numberedEvents(20));
    const requests = await receiver.waitFor((seen) => seen.length === 21, { path: "/fine" });
    const [asked] = receiver.requestsTo("/hangs/token");
    expect(requests.at(-1)!.arrivedAt - asked!.arrivedAt).toBeLessThan(5_000);
    expect(receiver.requestsTo("/hangs")).toEqual([]);
  });
});

describe("a rotated secret", () => {
  const verifies = (request: ReceivedRequest | undefined, secret: string): boolean => {
    try {
      new Webhook(secret).verify(request?.body ?? "", { ...request?.headers });
      return true;
    } catch {
      return false;
    }
  };

  check("both verify while the overlap lasts, and without one only the new", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/rotated") });
    const rotate = async (body: object) => {
      const answered = await workspace.api.ask<{ secret: string }>(
        "POST",
        `/v1/webhooks/${webhook.id}/rotate-secret`,
        body,
      );
      return answered.secret;
    };
    const nextRequest = async (count: number) => {
      await workspace.send(anEvent());
      const requests = await receiver.waitFor((seen) => seen.length === count, { path: "/rotated" });
      return requests.at(-1);
    };
    const second = await rotate({});
    const overlapping = await nextRequest(1);
    expect([webhook.secret, second].map((secret) => verifies(overlapping, secret))).toEqual([true, true]);
    expect(overlapping?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);

    const third = await rotate({ overlapHours: 0 });
    const after = await nextRequest(2);
    expect([webhook.secret, second, third].map((secret) => verifies(after, secret))).toEqual([
      false,
      false,
      true,
    ]);
  });

  check("the one before stops signing when the overlap is over", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/over") });
    // 3.6 s.
    await workspace.api.ask("POST", `/v1/webhooks/${webhook.id}/rotate-secret`, { overlapHours: 0.001 });
    let count = 0;
    await eventually(
      async () => {
        await workspace.send(anEvent());
        count++;
        const requests = await receiver.waitFor((seen) => seen.length === count, { path: "/over" });
        return !verifies(requests.at(-1), webhook.secret);
      },
      { what: "the end of the old secret", intervalMs: 250 },
    );
    expect(verifies(receiver.requestsTo("/over")[0], webhook.secret)).toBe(true);
  });
});

describe("a private key of Hooklane's", () => {
  const isVerified = (request: ReceivedRequest | undefined, key: string): Promise<boolean> =>
    verify(request?.body ?? "", { ...request?.headers }, key).then(
      () => true,
      () => false,
    );

  check("signs for its public key, beside the secret before and the key after it", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const made = await workspace.createWebhook({ url: receiver.url("/keys") });
    const path = `/v1/webhooks/${made.id}`;
    type Shown = Required<Pick<typeof made, "publicKeys">>;
    let sent = 0;
    const nextIsVerifiedBy = async (keys: readonly string[]) => {
      await workspace.send(anEvent());
      sent++;
      const requests = await receiver.waitFor((seen) => seen.length === sent, { path: "/keys" });
      return Promise.all(keys.map((key) => isVerified(requests.at(-1), key)));
    };
    const patched = await workspace.api.ask<Shown>("PATCH", path, { signatureScheme: "ed25519" });
    const first = patched.publicKeys[0]!.key;
    expect(await nextIsVerifiedBy([made.secret, first])).toEqual([true, true]);
    const rotated = await workspace.api.ask<Shown>("POST", `${path}/rotate-secret`, {});
    const second = rotated.publicKeys[0]!.key;
    expect(await nextIsVerifiedBy([made.secret, first, second])).toEqual([true, true, true]);
    await workspace.api.ask("POST", `${path}/rotate-secret`, { overlapHours: 0 });
    expect(await nextIsVerifiedBy([made.secret, first, second])).toEqual([false, false, false]);
  });
});

describe("a receiver that asks for a certificate", () => {
  const authority = makeTestCertificate({ commonName: "Authority" });
  const identityOf = (commonName: string) => {
    const { certificate, privateKey } = makeTestCertificate({ commonName, issuer: authority });
    return { certificate, privateKey, trustedCertificates: authority.certificate };
  };
  let asking: Receiver;
  beforeAll(async () => {
    const own = makeTestCertificate({ commonName: "receiver", issuer: authority, hosts: [RECEIVER_HOST] });
    asking = await startReceiver({
      tls: {
        cert: own.certificate,
        key: own.privateKey,
        ca: authority.certificate,
        requestCert: true,
        rejectUnauthorized: true,
      },
    });
  });
  afterAll(() => asking.close());

  check("is shown each webhook's own, in order, and another one once it is replaced", async () => {
    const workspace = await suite.services.createWorkspace();
    const create = (name: string) =>
      workspace.createWebhook({ url: asking.url(`/${name}`), clientCertificate: identityOf(name) });
    const [one] = [await create("one"), await create("two")];
    await workspace.sendMany(numberedEvents(20));
    for (const name of ["one", "two"]) {
      const requests = await asking.waitFor((seen) => seen.length === 20, { path: `/${name}` });
      expect(readSequence(requests)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(new Set(requests.map(({ sender }) => sender))).toEqual(new Set([`CN=${name}`]));
    }
    await workspace.api.ask("PATCH", `/v1/webhooks/${one.id}`, { clientCertificate: identityOf("three") });
    await workspace.send(anEvent());
    const requests = await asking.waitFor((seen) => seen.length === 21, { path: "/one" });
    expect(requests.at(-1)?.sender).toBe("CN=three");
  });

  check("takes nothing from one it does not know: a failed attempt, until it is another", async () => {
    const workspace = await suite.services.createWorkspace();
    const stranger = makeTestCertificate({ commonName: "Stranger" });
    const { id } = await workspace.createWebhook({
      url: asking.url("/strict"),
      clientCertificate: {
        certificate: stranger.certificate,
        privateKey: stranger.privateKey,
        trustedCertificates: authority.certificate,
      },
    });
    await workspace.send(anEvent());
    await eventually(async () => errorsOf(await readDeliveries(workspace, id)).length > 0, {
      what: "a failed attempt",
      intervalMs: 100,
    });
    await workspace.api.ask("PATCH", `/v1/webhooks/${id}`, { clientCertificate: identityOf("strict") });
    const rows = await awaitStatuses(workspace, id, { delivered: 1 });
    // Its server hangs up on who it does not know.
    expect(errorsOf(rows)[0]).toEqual(["connection_reset", expect.any(String)]);
    expect(asking.requestsTo("/strict")).toHaveLength(1);
  });
});
