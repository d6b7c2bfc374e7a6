import { describe, expect, test } from "@jest/globals";
import { closeInReverse } from "./closeable.js";
import { createLogger } from "./logger.js";

describe("a log line", () => {
  test("carries service, level and event, and no secret", () => {
    const lines: string[] = [];
    const logger = createLogger("router", "info", { write: (line) => void lines.push(line) });
    logger.info(
      {
        authorization: "Bearer hl_live_1",
        request: { headers: { authorization: "Bearer hl_live_2" }, url: "/v1/events" },
        webhook: {
          secrets: [{ value: "whsec_3" }],
          id: "wh_1",
          auth: { type: "oauth2", clientSecret: "hush_4", token: "hush_5", password: "hush_6" },
        },
        operationalWebhook: { url: "https://ops.example.org/", secret: "whsec_7" },
      },
      "request.refused",
    );
    logger.debug({}, "request.unseen");
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect(line).toMatchObject({
      service: "router",
      level: "info",
      msg: "request.refused",
      webhook: { id: "wh_1" },
    });
    expect(lines[0]).not.toMatch(/hl_live|whsec|hush/);
  });
});

describe("closing many parts", () => {
  test("goes backwards, once, and does not stop at a failure", async () => {
    const closed: string[] = [];
    const part = (name: string, error?: Error) => ({
      close: () => {
        closed.push(name);
        return error ? Promise.reject(error) : Promise.resolve();
      },
    });
    const all = closeInReverse([part("store"), part("consumer", new Error("stuck")), part("server")]);
    await expect(all.close()).rejects.toMatchObject({ errors: [new Error("stuck")] });
    await expect(all.close()).rejects.toBeInstanceOf(AggregateError);
    expect(closed).toEqual(["server", "consumer", "store"]);
  });
});
