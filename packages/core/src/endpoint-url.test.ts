import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { normaliseUrl, toRequestTarget, URL_LENGTH_MAX } from "./endpoint-url.js";

const normalised = (text: string): string => {
  const result = normaliseUrl(text);
  if (!result.ok) throw new Error(`${text}: ${result.fault}`);
  return result.url;
};

describe("a normalised URL", () => {
  test.each([
    ["HTTPS://Example.ORG", "https://example.org/"],
    ["https://example.org:443/a", "https://example.org/a"],
    ["http://example.org:80/a", "http://example.org/a"],
    ["http://example.org:443/a", "http://example.org:443/a"],
    ["https://bücher.example/", "https://xn--bcher-kva.example/"],
    ["https://example.org/a/./b/../c", "https://example.org/a/c"],
    ["https://example.org/a/%2e%2e/c", "https://example.org/c"],
    ["https://example.org?x=1", "https://example.org/?x=1"],
    ["https://example.org/?", "https://example.org/?"],
    ["https://example.org/A/b", "https://example.org/A/b"],
    ["https://example.org/é", "https://example.org/%C3%A9"],
    ["http://0x7f.1/", "http://127.0.0.1/"],
    ["http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"],
  ])("%s is %s", (text, expected) => expect(normaliseUrl(text)).toEqual({ ok: true, url: expected }));

  test("keeps the query byte for byte", () => {
    const query = "?b=2&a=1&&c=%7e%7E+'\"<>{}|\\^`/../x?y";
    expect(normalised(`https://example.org/p${query}`)).toBe(`https://example.org/p${query}`);
  });

  test("writes what is outside of ASCII in the query as percent-encoded UTF-8", () => {
    expect(normalised("https://example.org/?q=é😀")).toBe("https://example.org/?q=%C3%A9%F0%9F%98%80");
  });

  test("is its own normalised form", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (text) => {
        const once = normaliseUrl(text);
        if (once.ok) expect(normaliseUrl(once.url)).toEqual(once);
      }),
    );
  });

  test("means the same to a URL parser as what was given", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (text) => {
        const once = normaliseUrl(text);
        if (once.ok) expect(new URL(once.url).href).toBe(new URL(text).href);
      }),
    );
  });
});

describe("a URL is refused", () => {
  test.each([
    "",
    "example.org",
    "//example.org/",
    "/path",
    "ftp://example.org/",
    "javascript:alert(1)",
    "http:example.org",
    "http:/example.org",
    "http:///example.org",
    "http:\\\\example.org",
    "http://example.org\\@evil.example/",
    "http://",
    "http://?x",
    "http://exa mple.org/",
    "http://example.org/a b",
    "http://example.org/\r\nx: y",
    "http://example.org/?a\tb",
    " http://example.org/",
    "http://example.org/\u0000",
    "http://example.org:99999/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://256.256.256.256/",
    "http://example.org/?\ud800",
    `http://example.org/${"a".repeat(URL_LENGTH_MAX)}`,
  ])("that is not absolute http(s) or that parsers read differently: %j", (text) =>
    expect(normaliseUrl(text)).toEqual({ ok: false, fault: "invalid_url" }),
  );

  test.each([
    "http://user@example.org/",
    "http://user:pw@example.org/",
    "http://@example.org/",
    "http://:@h/",
  ])("with credentials: %s", (text) =>
    expect(normaliseUrl(text)).toEqual({ ok: false, fault: "url_credentials" }),
  );

  test.each(["http://example.org/#a", "http://example.org#", "http://example.org/?a#b"])(
    "with a fragment: %s",
    (text) => expect(normaliseUrl(text)).toEqual({ ok: false, fault: "url_fragment" }),
  );

  test("or normalised, whatever the text: never thrown", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string().map((t) => `http://${t}`),
        ),
        (text) => {
          const result = normaliseUrl(text);

          if (result.ok) expect(result.url).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
        },
      ),
    );
  });
});

test("a request target has the query as it stands in the URL", () => {
  expect(toRequestTarget(normalised("https://Example.org:8443/a?x='\"<é"))).toEqual({
    origin: "https://example.org:8443",
    hostname: "example.org",
    path: "/a?x='\"<%C3%A9",
  });
  expect(toRequestTarget("http://[::1]:80/").hostname).toBe("::1");
});
