import type { IncomingMessage, ServerResponse } from "node:http";
import { type Logger, type OperationalHandler } from "@hooklane/service";
import type { MailCatcher } from "./mail/mail-catcher.js";
import { toMailListPage, toMailPage } from "./pages/mail-pages.js";
import { type Overview, toOverviewPage } from "./pages/overview-page.js";
import { PAGE_SECURITY } from "./pages/page.js";
import type { HookReceiver } from "./receiver/hook-receiver.js";
import type { ReceivedLog } from "./receiver/received-log.js";

export interface HttpHandlerOptions {
  readonly operational: OperationalHandler;
  readonly mails: MailCatcher;
  readonly log: ReceivedLog;
  /** Undefined: nothing is received, only mails are shown. */
  readonly receiver: HookReceiver | undefined;
  readonly overview: () => Pick<Overview, "produced" | "state" | "links">;
  readonly logger: Logger;
}

/** A batch of 100 events of 256 KiB, and some room. */
const BODY_BYTES_MAX = 28 * 1024 * 1024;
const LIST_DEFAULT = 50;
const LIST_MAX = 500;
const NEWEST_SHOWN = 40;

/** The demo's whole HTTP: webhooks in, pages and JSON out. */
export function createHttpHandler(options: HttpHandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (options.operational(request, response)) return;
    const url = readTarget(request.url ?? "/");
    if (!url) {
      sendJson(response, 400, { error: "the request target is no URL" });
      return;
    }
    if (request.method === "POST" && options.receiver) {
      receive(options.receiver, url.pathname, request, response).catch((err: unknown) => {
        options.logger.info({ err }, "demo.request_broken");
        response.destroy();
      });
      return;
    }
    if (request.method === "GET") show(options, url, request, response);
    else sendJson(response, 404, { error: "not found" });
  };
}

/** @returns undefined for what no client of good will sends, such as `//` */
function readTarget(target: string): URL | undefined {
  try {
    return new URL(target, "http://demo");
  } catch {
    return undefined;
  }
}

function show(
  options: HttpHandlerOptions,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { log, mails, overview } = options;
  if (url.pathname === "/") {
    const newest = log.list({ limit: NEWEST_SHOWN });
    sendPage(response, toOverviewPage({ ...overview(), summaries: log.summaries, newest }));
    return;
  }
  if (url.pathname === "/received") {
    const limit = clamp(Number(url.searchParams.get("limit") ?? LIST_DEFAULT));
    sendJson(response, 200, { data: log.list({ name: url.searchParams.get("name") ?? undefined, limit }) });
    return;
  }
  if (url.pathname === "/mails") {
    if (request.headers.accept?.includes("text/html") === true)
      sendPage(response, toMailListPage(mails.mails));
    else sendJson(response, 200, { data: mails.mails });
    return;
  }
  const id = /^\/mails\/(\d+)$/.exec(url.pathname)?.[1];
  const mail = mails.mails.find((each) => String(each.id) === id);
  if (mail) sendPage(response, toMailPage(mail));
  else sendJson(response, 404, { error: "not found" });
}

async function receive(
  receiver: HookReceiver,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) {
      response.setHeader("connection", "close");
      sendJson(response, 413, { error: "the body is too large" });
      return;
    }
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const { id, statusCode } = receiver.receive({ path, headers, body: Buffer.concat(chunks) });
  sendJson(response, statusCode, { received: id });
}

function clamp(limit: number): number {
  return Number.isInteger(limit) && limit >= 1 ? Math.min(limit, LIST_MAX) : LIST_DEFAULT;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, page: string): void {
  response
    .writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": PAGE_SECURITY,
      "cache-control": "no-store",
    })
    .end(page);
}
