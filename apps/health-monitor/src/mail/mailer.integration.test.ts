import type { AddressInfo } from "node:net";
import { createLogger } from "@hooklane/service";
import { eventually } from "@hooklane/testing";
import { afterEach, describe, expect, test } from "@jest/globals";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { Mailer } from "./mailer.js";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const mail = (to: string) => ({ to, subject: "Désactivé", text: "plain", html: "<p>rich</p>" });

/** A real SMTP server; what it takes is in `mails`. */
async function startSmtp(options: SMTPServerOptions = {}, port = 0) {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((parsed) => {
          mails.push(parsed);
          done();
        });
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  };
  closers.push(close);
  return { mails, port: (server.server.address() as AddressInfo).port, close };
}

function openMailer(port: number, breakerResetMs = 50): Mailer {
  const mailer = new Mailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: "Hooklane <no-reply@hooklane.example>",
    logger: createLogger("test", "silent"),
    breakerResetMs,
  });
  closers.push(() => mailer.close());
  return mailer;
}

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

describe("Mailer", () => {
  test("sends HTML and text, with a Message-ID that is the same each time", async () => {
    const { mails, port } = await startSmtp();
    const mailer = openMailer(port);
    expect(await mailer.send(mail("ana@example.org"), "disable:wh_1:3:mail:0")).toEqual({ kind: "sent" });
    expect(await mailer.send(mail("ana@example.org"), "disable:wh_1:3:mail:0")).toEqual({ kind: "sent" });
    expect(mails).toHaveLength(2);
    for (const received of mails) {
      expect(received).toMatchObject({
        subject: "Désactivé",
        messageId: "<disable.wh_1.3.mail.0@hooklane.example>",
        from: { name: "Hooklane", address: "no-reply@hooklane.example" },
        to: [{ address: "ana@example.org" }],
      });
      expect(received.text?.trim()).toBe("plain");
      expect(received.html?.trim()).toBe("<p>rich</p>");
    }
  });

  test("an address the server does not know is refused for good, and others are sent to", async () => {
    const { port } = await startSmtp({
      onRcptTo: ({ address }, _session, done) => {
        done(address.startsWith("nobody") ? refusal(550, "no such user") : null);
      },
    });
    const mailer = openMailer(port);
    for (let n = 0; n < 6; n++) {
      expect(await mailer.send(mail("nobody@example.org"), `bad:${n}`)).toMatchObject({ kind: "refused" });
    }
    expect(mailer.isAvailable).toBe(true);
    expect(await mailer.send(mail("ana@example.org"), "good")).toEqual({ kind: "sent" });
  });

  test("text that is no address is refused without asking, and never becomes several recipients", async () => {
    const { mails, port } = await startSmtp();
    const mailer = openMailer(port);
    expect(await mailer.send(mail("ana@example.org, eve@example.org"), "two")).toMatchObject({
      kind: "refused",
    });
    expect(await mailer.send(mail("not an address"), "none")).toMatchObject({ kind: "refused" });
    expect(mails).toEqual([]);
  });

  test("a temporary refusal of the recipient, and a refusal of our own sender, may pass", async () => {
    const greylisting = await startSmtp({
      onRcptTo: (_address, _session, done) => done(refusal(451, "try again later")),
    });
    expect(await openMailer(greylisting.port).send(mail("ana@example.org"), "grey")).toMatchObject({
      kind: "failed",
    });
    const strict = await startSmtp({
      onMailFrom: (_address, _session, done) => done(refusal(550, "sender not allowed")),
    });
    expect(await openMailer(strict.port).send(mail("ana@example.org"), "sender")).toMatchObject({
      kind: "failed",
    });
  });

  test("a server that is away is not asked over and over, and used again when it is back", async () => {
    const first = await startSmtp();
    await first.close();
    const mailer = openMailer(first.port);
    for (let n = 0; n < 3; n++) {
      expect(await mailer.send(mail("ana@example.org"), `down:${n}`)).toMatchObject({ kind: "failed" });
    }
    expect(mailer.isAvailable).toBe(false);
    expect(await mailer.send(mail("ana@example.org"), "open")).toEqual({ kind: "unavailable" });

    const second = await startSmtp({}, first.port);
    await eventually(() => mailer.isAvailable, { what: "a half-open breaker" });
    expect(await mailer.send(mail("ana@example.org"), "back")).toEqual({ kind: "sent" });
    expect(second.mails).toHaveLength(1);
  });
});
