import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { eventually } from "../eventually.js";

/** One mail as an SMTP server took it. */
export interface CaughtMail {
  /** Envelope addresses, as SMTP gave them. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The whole mail, parsed by a library other than the one that made it. */
  readonly parsed: Email;
}

/** A real SMTP server on loopback that keeps every mail. */
export interface SmtpCatcher {
  readonly port: number;
  readonly mails: readonly CaughtMail[];
  /**
   * Resolves with all mails as soon as there are `count`.
   *
   * @throws Error at the deadline (default 30 000 ms)
   */
  waitForCount(count: number, options?: { readonly deadlineMs?: number }): Promise<readonly CaughtMail[]>;
  close(): Promise<void>;
}

/** Starts an {@link SmtpCatcher} on 127.0.0.1: no TLS, no authentication. */
export async function startSmtpCatcher(): Promise<SmtpCatcher> {
  const mails: CaughtMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        read(Buffer.concat(chunks), from, to).then(
          (mail) => {
            mails.push(mail);
            done();
          },
          (error: unknown) => done(error as Error),
        );
      });
    },
  });
  // A client that goes away in the middle is no fault of the test.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    waitForCount: (count, { deadlineMs = 30_000 } = {}) =>
      eventually(() => mails.length >= count && mails, {
        deadlineMs,
        what: `mail number ${count} (there are fewer)`,
      }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function read(raw: Buffer, from: string, to: readonly string[]): Promise<CaughtMail> {
  const parsed = await PostalMime.parse(raw);
  return {
    from,
    to,
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html ?? "",
    parsed,
  };
}
