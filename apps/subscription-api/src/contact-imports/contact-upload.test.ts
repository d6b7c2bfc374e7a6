import { asAudienceId, asWorkspaceId } from "@hooklane/core";
import type { ImportLine } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { BodyStream } from "../http/operation.js";
import { type CompleteUpload, ContactUpload } from "./contact-upload.js";

const LINES_MAX = 10_000;
const upload = {
  id: "job_1",
  workspaceId: asWorkspaceId("ws_1"),
  audienceId: asAudienceId("au_1"),
  update: true,
  tags: [],
};

/** What was kept, chunk by chunk, and in between what happened. */
let chunks: (readonly ImportLine[])[];
let steps: string[];
let mayKeep: Promise<void>;

beforeEach(() => {
  chunks = [];
  steps = [];
  mayKeep = Promise.resolve();
});

const contactUpload = () =>
  new ContactUpload({
    uploads: {
      begin: () => Promise.resolve(void steps.push("begin")),
      discard: () => Promise.resolve(void steps.push("discard")),
    },
    lines: {
      add: async (_id, number, lines) => {
        await mayKeep;
        steps.push(`keep ${number}`);
        chunks.push(lines);
      },
    },
    linesMax: LINES_MAX,
    logger: { warn: () => undefined } as never,
    now: () => new Date(0),
  });

/** Parts that are made when they are asked for. */
async function* inParts(parts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    steps.push("read");
    yield await Promise.resolve(Buffer.from(part));
  }
}

const ndjson = (parts: Iterable<string>): BodyStream => ({
  contentType: "application/x-ndjson",
  bytes: inParts(parts),
});

const rows = (count: number, field = "") =>
  Array.from({ length: count }, (_, n) => `${JSON.stringify({ email: `u${n}@b.org`, fields: { field } })}\n`);

describe("an upload", () => {
  test("is kept in chunks of 500 lines, noted before the first, and released by who took it", async () => {
    const received = await contactUpload().receive(upload, ndjson([rows(1_001).join("")]));
    if (received.kind !== "received") throw new Error("It is refused");
    expect(received.body satisfies unknown as CompleteUpload).toEqual({
      id: "job_1",
      total: 1_001,
      chunks: 3,
    });
    expect(chunks.map((lines) => lines.length)).toEqual([500, 500, 1]);
    expect(steps).toEqual(["begin", "read", "keep 0", "keep 1", "keep 2"]);
    await received.release();
    expect(steps.at(-1)).toBe("discard");
  });

  test("of long lines is kept in chunks of some 1 MiB", async () => {
    await contactUpload().receive(upload, ndjson(rows(2_000, "x".repeat(2_000))));
    expect(Math.max(...chunks.map((lines) => JSON.stringify(lines).length))).toBeLessThan(1.2 * 1024 * 1024);
    expect(chunks.flat()).toHaveLength(2_000);
  });

  test("is read no faster than it is kept", async () => {
    let keep = (): void => undefined;
    mayKeep = new Promise((resolve) => (keep = resolve));
    const parts = Array.from({ length: 100 }, () => rows(100).join(""));
    const receiving = contactUpload().receive(upload, ndjson(parts));
    const reads = () => steps.filter((step) => step === "read").length;
    await eventually(() => reads() === 5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(reads()).toBe(5);
    keep();
    await receiving;
    expect(reads()).toBe(100);
  });

  test("that breaks off is taken back", async () => {
    const broken = async function* () {
      yield* inParts([rows(600).join("")]);
      throw new Error("cut");
    };
    await expect(
      contactUpload().receive(upload, { contentType: "application/x-ndjson", bytes: broken() }),
    ).rejects.toThrow("cut");
    expect(steps).toEqual(["begin", "read", "keep 0", "discard"]);
  });

  test("with too many lines is refused and taken back, empty ones not counted", async () => {
    const asMany = await contactUpload().receive(upload, ndjson([rows(LINES_MAX).join("\n\n")]));
    expect(asMany.kind).toBe("received");
    const received = await contactUpload().receive(upload, ndjson(rows(LINES_MAX + 1)));
    expect(received).toMatchObject({ kind: "refused", answer: { status: 413 } });
    expect(steps.at(-1)).toBe("discard");
  });
});
