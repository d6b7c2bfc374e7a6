import { listen as listenOn, type Logger } from "@hooklane/service";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

/** A mail as it came, parsed. */
export interface CaughtMail {
  /** Counted from 1 since the start. */
  readonly id: number;
  readonly receivedAt: Date;
  readonly from: string;
  /** Who it was handed in for (envelope). */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MAILS_KEPT = 200;
const MAIL_BYTES_MAX = 1024 * 1024;

/** An SMTP server that takes every mail and sends none on. Keeps the newest 200. */
export class MailCatcher {
  readonly #server: SMTPServer;
  readonly #logger: Logger;
  #mails: CaughtMail[] = [];
  #count = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      size: MAIL_BYTES_MAX,
      logger: false,
      onData: (stream, session, done) => {
        this.#take(stream, session).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    // A client that goes away in the middle.
    this.#server.on("error", (err) => logger.info({ err }, "mail.connection_failed"));
  }

  /** Newest first. */
  get mails(): readonly CaughtMail[] {
    return this.#mails;
  }

  /** @returns the port listened on @throws StartupError when it cannot be had */
  listen(host: string, port: number): Promise<number> {
    return listenOn(this.#server.server, { host, port, portVariable: "DEMO_SMTP_PORT" });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #take(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (!stream.sizeExceeded) chunks.push(chunk);
    }
    if (stream.sizeExceeded) throw Object.assign(new Error("The mail is too large"), { responseCode: 552 });
    const { subject = "", text = "", html = "" } = await PostalMime.parse(Buffer.concat(chunks));
    const mail: CaughtMail = {
      id: ++this.#count,
      receivedAt: new Date(),
      from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
      to: envelope.rcptTo.map(({ address }) => address),
      subject,
      text,
      html,
    };
    this.#mails = [mail, ...this.#mails].slice(0, MAILS_KEPT);
    this.#logger.info({ to: mail.to.length }, "mail.caught");
  }
}
