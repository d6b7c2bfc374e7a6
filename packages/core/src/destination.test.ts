import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createDestinationPolicy } from "./destination.js";

const strict = createDestinationPolicy();
const local = createDestinationPolicy(["127.0.0.0/8", "::1/128"]);

describe("an address is refused as", () => {
  test.each([
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["::1", "loopback"],
    ["10.0.0.1", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["fc00::1", "private"],
    ["fd12:3456::1", "private"],
    ["fec0::1", "private"],
    ["169.254.1.1", "link_local"],
    ["fe80::1", "link_local"],
    ["fe80::1%eth0", "link_local"],
    ["169.254.169.254", "metadata"],
    ["fd00:ec2::254", "metadata"],
    ["100.100.100.200", "metadata"],
    ["168.63.129.16", "metadata"],
    ["100.64.0.1", "carrier_grade_nat"],
    ["224.0.0.1", "multicast"],
    ["ff02::1", "multicast"],
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "unspecified"],
    ["::", "unspecified"],
    ["198.18.0.1", "benchmarking"],
    ["198.19.255.255", "benchmarking"],
    ["2001:2::1", "benchmarking"],
    ["192.0.2.1", "reserved"],
    ["240.0.0.1", "reserved"],
    ["255.255.255.255", "reserved"],
    ["2001:db8::1", "reserved"],
    ["100::1", "reserved"],
    ["4000::1", "reserved"],
    ["64:ff9b:1::a00:1", "reserved"],
    ["example.org", "not_an_address"],
    ["", "not_an_address"],
  ])("%s: %s", (address, reason) => expect(strict.checkAddress(address)).toEqual({ allowed: false, reason }));

  test.each([
    ["mapped", "::ffff:127.0.0.1", "loopback"],
    ["mapped, in hexadecimal", "::ffff:7f00:1", "loopback"],
    ["compatible", "::10.0.0.1", "private"],
    ["translated", "::ffff:0:10.0.0.1", "private"],
    ["NAT64", "64:ff9b::a9fe:a9fe", "metadata"],
    ["6to4", "2002:7f00:1::1", "loopback"],
    ["Teredo, the server", "2001:0:7f00:1::f7f7:f7f7", "loopback"],
    ["Teredo, the client", "2001:0:808:808::80ff:fffe", "loopback"],
  ])("what is inside of it, %s", (_, address, reason) =>
    expect(strict.checkAddress(address)).toEqual({ allowed: false, reason }),
  );
});

test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1"])(
  "a public address is allowed: %s",
  (address) => expect(strict.checkAddress(address)).toEqual({ allowed: true }),
);

test("an allow-list opens its ranges and nothing else", () => {
  expect(local.checkAddress("127.0.0.1").allowed).toBe(true);
  expect(local.checkAddress("::1").allowed).toBe(true);
  expect(local.checkAddress("::ffff:127.0.0.1").allowed).toBe(true);
  expect(local.checkAddress("10.0.0.1").allowed).toBe(false);
  expect(local.checkAddress("::2").allowed).toBe(false);
});

test("an allow-list that is none is refused when the policy is made", () => {
  expect(() => createDestinationPolicy(["10.0.0.0"])).toThrow();
});

describe("a host of a URL", () => {
  test.each([
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "api.localhost",
    "localhost.localdomain",
    "ip6-localhost",
  ])("that is this machine is refused in every spelling: %s", (host) => {
    expect(strict.checkHost(host)).toEqual({ allowed: false, reason: "loopback" });
    expect(local.checkHost(host)).toEqual({ allowed: true });
  });

  test.each([
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
  ])("is refused as the URL parser reads it: %s", (url) =>
    expect(strict.checkHost(new URL(url).hostname).allowed).toBe(false),
  );

  test.each(["example.org", "localhost.example.org", "notlocalhost", "8.8.8.8"])("may be %s", (host) =>
    expect(strict.checkHost(host)).toEqual({ allowed: true }),
  );
});

test("an IPv4 address has the same verdict in every IPv6 form of the same host", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(strict.checkAddress(`::ffff:${address}`)).toEqual(strict.checkAddress(address));
    }),
  );
});

test("an address has the same verdict as a number, in hexadecimal and dotted", () => {
  fc.assert(
    fc.property(fc.nat({ max: 0xffffffff }), (number) => {
      const dotted = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
      const expected = strict.checkAddress(dotted);
      expect(strict.checkHost(String(number))).toEqual(expected);
      expect(strict.checkHost(`0x${number.toString(16)}`)).toEqual(expected);
    }),
  );
});
