import { createSocket, type Socket } from "node:dgram";
import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createNameResolver, type Dns, type NameResolverParts, type Resolve } from "./name-resolver.js";

const failing = (code: string) => Object.assign(new Error(code), { code });

/** Of each family: addresses, the code of an error, or `hangs`. */
interface Answers {
  readonly v4?: readonly string[] | string;
  readonly v6?: readonly string[] | string;
  readonly ttl?: number;
}

function stubDns(answersOf: (hostname: string) => Answers): Dns & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (answers: readonly string[] | string = "ENODATA", ttl = 60) => {
    if (answers === "hangs") return new Promise<never>(() => undefined);
    if (typeof answers === "string") return Promise.reject(failing(answers));
    return Promise.resolve(answers.map((address) => ({ address, ttl })));
  };
  return {
    asked,
    resolve4: (hostname) => {
      asked.push(hostname);
      return answer(answersOf(hostname).v4, answersOf(hostname).ttl);
    },
    resolve6: (hostname) => answer(answersOf(hostname).v6, answersOf(hostname).ttl),
  };
}

function ask(resolve: Resolve, hostname: string): Promise<LookupAddress[]> {
  return new Promise((done, fail) => {
    resolve(hostname, { all: true }, (error, addresses) => (error === null ? done(addresses) : fail(error)));
  });
}

const noSystem: Resolve = (hostname) => {
  throw new Error(`the system was asked about ${hostname}`);
};

describe("names of receivers", () => {
  const open = (parts: NameResolverParts) =>
    createNameResolver({ system: noSystem, hostsFile: "/nowhere", ...parts });

  test("both families of addresses, IPv4 first", async () => {
    const resolve = open({ dns: stubDns(() => ({ v4: ["192.0.2.1"], v6: ["2001:db8::1"] })) });
    expect(await ask(resolve, "example.test")).toEqual([
      { address: "192.0.2.1", family: 4 },
      { address: "2001:db8::1", family: 6 },
    ]);
  });

  test("one family's failure is no failure", async () => {
    const resolve = open({ dns: stubDns(() => ({ v4: "ESERVFAIL", v6: ["2001:db8::1"] })) });
    expect(await ask(resolve, "example.test")).toEqual([{ address: "2001:db8::1", family: 6 }]);
  });

  test.each(["ETIMEOUT", "ESERVFAIL"])(
    "%s is no answer, and takes no thread of the system's",
    async (code) => {
      const resolve = open({ dns: stubDns(() => ({ v4: code, v6: "ENODATA" })) });
      await expect(ask(resolve, "example.test")).rejects.toMatchObject({ code });
    },
  );

  test("names look-ups of which hang delay no other name's", async () => {
    const resolve = open({
      dns: stubDns((name) =>
        name.startsWith("dead") ? { v4: "hangs", v6: "hangs" } : { v4: ["192.0.2.1"] },
      ),
    });
    for (let i = 0; i < 1_000; i++) resolve(`dead${i}.test`, { all: true }, () => undefined);
    expect(await ask(resolve, "example.test")).toHaveLength(1);
  });

  test("who asks for a name that is being looked up shares the answer", async () => {
    const dns = stubDns(() => ({ v4: ["192.0.2.1"] }));
    const resolve = open({ dns });
    await Promise.all([1, 2, 3].map(() => ask(resolve, "example.test")));
    expect(dns.asked).toEqual(["example.test"]);
  });

  test("an answer is remembered as long as it allows, a failure is not", async () => {
    let v4: readonly string[] | string = "ETIMEOUT";
    let ttl = 0;
    const dns = stubDns(() => ({ v4, ttl }));
    const resolve = open({ dns });
    await expect(ask(resolve, "example.test")).rejects.toThrow();
    v4 = ["192.0.2.1"];
    await ask(resolve, "example.test");
    const until = performance.now() + 10;
    while (performance.now() < until) await new Promise((done) => setImmediate(done));
    ttl = 60;
    v4 = ["192.0.2.2"];
    expect(await ask(resolve, "example.test")).toEqual([{ address: "192.0.2.2", family: 4 }]);
    v4 = ["192.0.2.3"];
    expect(await ask(resolve, "example.test")).toEqual([{ address: "192.0.2.2", family: 4 }]);
    expect(dns.asked).toHaveLength(3);
  });

  describe("the system is asked about", () => {
    const system: Resolve = (_hostname, _options, callback) =>
      callback(null, [{ address: "10.0.0.1", family: 4 }]);
    const fromSystem = [{ address: "10.0.0.1", family: 4 }];
    const folder = mkdtempSync(join(tmpdir(), "hosts-"));
    const hostsFile = join(folder, "hosts");
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    test("names without a dot and names of the hosts file, without asking DNS", async () => {
      writeFileSync(hostsFile, "# 10.0.0.9 no.test\n10.0.0.1\tListed.test other.test # x\n");
      const dns = stubDns(() => ({ v4: ["192.0.2.1"] }));
      const resolve = open({ dns, system, hostsFile });
      for (const name of ["localhost", "listed.test", "other.test"])
        expect(await ask(resolve, name)).toEqual(fromSystem);
      expect(await ask(resolve, "no.test")).toEqual([{ address: "192.0.2.1", family: 4 }]);
      expect(dns.asked).toEqual(["no.test"]);
    });

    test("names DNS does not have, or nobody there is to be asked about", async () => {
      for (const code of ["ENOTFOUND", "ENODATA", "ECONNREFUSED", "EREFUSED"])
        expect(await ask(open({ dns: stubDns(() => ({ v4: code, v6: code })), system }), "x.test")).toEqual(
          fromSystem,
        );
    });

    test("a name the system does not have either does not exist", async () => {
      const unknown: Resolve = (_hostname, _options, callback) => callback(failing("ENOTFOUND"), []);
      const resolve = open({ dns: stubDns(() => ({ v4: "ENOTFOUND", v6: "ENOTFOUND" })), system: unknown });
      await expect(ask(resolve, "x.test")).rejects.toMatchObject({ code: "ENOTFOUND" });
    });
  });
});

describe("Node's resolver, asking a server", () => {
  let server: Socket;

  /** Answers questions about `A` of names that do not begin with `dead`; says of `AAAA` that there are none. */
  beforeEach(async () => {
    server = createSocket("udp4");
    server.on("message", (query, { port, address }) => {
      const nameEnd = query.indexOf(0, 12);
      if (query.toString("latin1", 13, 17) === "dead") return;
      const question = query.subarray(12, nameEnd + 5);
      const isA = query.readUInt16BE(nameEnd + 1) === 1;
      const header = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]);
      const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
      server.send(Buffer.concat([header, question, ...(isA ? [record] : [])]), port, address);
    });
    server.bind(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(async () => {
    server.close();
    await once(server, "close");
  });

  test("50 dead domains delay no other", async () => {
    const dns = new Resolver({ timeout: 60_000, tries: 1 });
    dns.setServers([`127.0.0.1:${server.address().port}`]);
    const resolve = createNameResolver({ dns, system: noSystem, hostsFile: "/nowhere" });
    const dead = Array.from({ length: 50 }, (_, i) => ask(resolve, `dead${i}.test`).catch(() => "cancelled"));
    expect(await ask(resolve, "example.test")).toEqual([{ address: "192.0.2.1", family: 4 }]);
    dns.cancel();
    expect(new Set(await Promise.all(dead))).toEqual(new Set(["cancelled"]));
  });
});
