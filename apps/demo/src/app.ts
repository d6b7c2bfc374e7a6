import { createServer } from "node:http";
import { createKafka, Producer, topicNames } from "@hooklane/kafka";
import {
  type Closeable,
  closeInReverse,
  closeServer,
  createOperationalHandler,
  listen,
  readyWhen,
  retryForever,
  type ServiceContext,
} from "@hooklane/service";
import { type DemoConfig, type FullDemoConfig, toFullDemoConfig } from "./config.js";
import { createHttpHandler } from "./http-handler.js";
import { MailCatcher } from "./mail/mail-catcher.js";
import { EventProducer } from "./producer/event-producer.js";
import { HookReceiver } from "./receiver/hook-receiver.js";
import { ReceivedLog } from "./receiver/received-log.js";
import { setUpWebhooks } from "./webhooks/set-up-webhooks.js";
import { WebhookApi } from "./webhooks/webhook-api.js";

type Context = ServiceContext<DemoConfig>;

/** A running demo, and where it listens. */
export interface Demo extends Closeable {
  readonly port: number;
  readonly smtpPort: number;
}

/** What the pages tell of the parts that begin later. */
interface Progress {
  state: string;
  producer?: EventProducer;
}

/** Starts the mail catcher and the receiver; webhooks and producer follow as soon as the API answers. */
export async function startDemo(context: Context): Promise<Demo> {
  const { name, config, logger, readiness, metrics } = context;
  const parts: Closeable[] = [];
  const closeParts = closeInReverse(parts);
  const full = toFullDemoConfig(config);
  const progress: Progress = { state: full ? "The webhooks are being made." : "Only mails are caught." };
  try {
    const mails = new MailCatcher(logger);
    const smtpPort = await mails.listen(config.HOST, config.DEMO_SMTP_PORT);
    parts.push(mails);

    const log = new ReceivedLog();
    const receiver = full && new HookReceiver(log);
    const handler = createHttpHandler({
      operational: createOperationalHandler({ service: name, readiness, metrics }),
      mails,
      log,
      receiver,
      overview: () => ({ ...toOverview(progress), links: toLinks(config) }),
      logger,
    });
    const server = createServer(handler);
    const port = await listen(server, {
      host: config.HOST,
      port: config.DEMO_PORT,
      portVariable: "DEMO_PORT",
    });
    parts.push({ close: () => closeServer(server, 1_000) });

    if (full && receiver) parts.push(startFlow(context, full, receiver, port, progress));
    return { port, smtpPort, close: () => closeParts.close() };
  } catch (error) {
    await closeParts.close();
    throw error;
  }
}

/** Makes the webhooks, then lets events flow. In the background, as the API may come up later than this. */
function startFlow(
  { config, logger, readiness, signal }: Context,
  full: FullDemoConfig,
  receiver: HookReceiver,
  port: number,
  progress: Progress,
): Closeable {
  const stop = new AbortController();
  const producer = new Producer(
    createKafka({ brokers: full.brokers, security: full.security, clientId: "demo", logger }),
  );
  const events = new EventProducer({
    producer,
    topic: topicNames(config.HOOKLANE_TOPIC_PREFIX).inbound,
    workspaceId: full.workspaceId,
    logger,
  });
  let isFlowing = false;
  readiness.add(
    "webhooks",
    readyWhen(() => isFlowing, "being made"),
  );
  const flow = async () => {
    const either = AbortSignal.any([signal, stop.signal]);
    const secrets = await retryForever(
      () =>
        setUpWebhooks({
          api: new WebhookApi(full.apiUrl, full.apiKey),
          stateFile: config.DEMO_STATE_FILE,
          receiverUrl: `http://127.0.0.1:${port}`,
          logger,
          signal: either,
        }),
      {
        signal: either,
        onError: (err, attempt, waitMs) => logger.warn({ err, attempt, waitMs }, "demo.webhooks_failed"),
      },
    );
    for (const [key, secret] of secrets) receiver.expectSignature(key, secret);
    events.start();
    isFlowing = true;
    progress.producer = events;
    progress.state = "Events flow.";
  };
  const flowing = flow().catch((err: unknown) => {
    if (!stop.signal.aborted && !signal.aborted) logger.error({ err }, "demo.flow_failed");
  });
  return {
    close: async () => {
      stop.abort(new Error("The demo stops"));
      await flowing;
      await events.close();
      await producer.close();
    },
  };
}

function toOverview({ state, producer }: Progress) {
  return { state, produced: producer?.count };
}

function toLinks(config: DemoConfig) {
  return [
    { label: "Console and API", url: config.HOOKLANE_API_URL },
    { label: "Ingest", url: config.HOOKLANE_INGEST_URL },
  ].flatMap(({ label, url }) => (url === undefined ? [] : [{ label, url }]));
}
