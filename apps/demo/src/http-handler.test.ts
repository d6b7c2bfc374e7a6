import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { closeServer, createLogger } from "@hooklane/service";
import { expect, test } from "@jest/globals";
import { createHttpHandler } from "./http-handler.js";
import { MailCatcher } from "./mail/mail-catcher.js";
import { ReceivedLog } from "./receiver/received-log.js";

const logger = createLogger("test", "silent");

/** The status line for a request target no HTTP client would let through. */
async function statusLineOf(port: number, target: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`GET ${target} HTTP/1.1\r\nhost: demo\r\nconnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket.setEncoding("utf8")) text += chunk as string;
  return text.split("\r\n")[0] ?? "";
}

test("a request target that is no URL is refused, and the demo goes on", async () => {
  const server = createServer(
    createHttpHandler({
      operational: () => false,
      mails: new MailCatcher(logger),
      log: new ReceivedLog(),
      receiver: undefined,
      overview: () => ({ produced: 0, state: "", links: [] }),
      logger,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    expect(await statusLineOf(port, "//")).toContain(" 400 ");
    expect(await statusLineOf(port, "/received")).toContain(" 200 ");
  } finally {
    await closeServer(server, 100);
  }
});
