import { describe, expect, test } from "@jest/globals";
import { readPem } from "./pem.js";

const block = (label: string, content = "AAAA") =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;

describe("readPem", () => {
  test("gives the blocks in their order, without what stands between them", () => {
    const text = `Bag Attributes\n${block("CERTIFICATE", "AA==")}subject=/CN=x\r\n${block("EC PRIVATE KEY")}\n`;
    expect(readPem(text)).toEqual([
      { label: "CERTIFICATE", text: block("CERTIFICATE", "AA==") },
      { label: "EC PRIVATE KEY", text: block("EC PRIVATE KEY") },
    ]);
  });

  test.each(["", "AAAA", "-----END X-----", "----BEGIN X-----"])("finds none in %j", (text) => {
    expect(readPem(text)).toEqual([]);
  });

  test.each([
    "-----BEGIN X-----\nAAAA",
    "-----BEGIN X-----\nAAAA\n-----END Y-----",
    "-----BEGIN X",
    "-----BEGIN ----------END -----",
  ])("says of %j that it has no end", (text) => {
    expect(readPem(text).map(({ label }) => label)).toEqual([""]);
  });

  test("takes a text of beginnings in no time", () => {
    const startedAt = performance.now();
    expect(readPem("-----BEGIN X-----".repeat(2_000))).toHaveLength(2_000);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
