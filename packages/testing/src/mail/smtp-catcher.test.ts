import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type SmtpCatcher, startSmtpCatcher } from "./smtp-catcher.js";

let catcher: SmtpCatcher;

afterEach(() => catcher.close());

/** The least an SMTP client says; each command after the answer to the one before. */
async function sendMail(port: number, content: string): Promise<void> {
  const commands = [
    "EHLO test",
    "MAIL FROM:<hooklane@example.org>",
    "RCPT TO:<owner@example.org>",
    "DATA",
    `${content}\r\n.`,
    "QUIT",
  ];
  const socket = connect(port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("data", (data) => {
      const lastLine = data.toString().trimEnd().split("\r\n").at(-1) ?? "";
      if (/^[45]/.test(lastLine)) reject(new Error(lastLine));
      if (/^\d{3} /.test(lastLine)) {
        const command = commands.shift();
        if (command !== undefined) socket.write(`${command}\r\n`);
      }
    });
  });
}

describe("startSmtpCatcher", () => {
  test("keeps mails with envelope, subject and text as a mail reader sees them", async () => {
    catcher = await startSmtpCatcher();
    const subject = "=?UTF-8?Q?Webhook_d=C3=A9sactiv=C3=A9?=";
    await sendMail(catcher.port, `Subject: ${subject}\r\nContent-Type: text/plain\r\n\r\nBonjour`);
    const [mail] = await catcher.waitForCount(1);
    expect(mail).toMatchObject({
      from: "hooklane@example.org",
      to: ["owner@example.org"],
      subject: "Webhook désactivé",
      text: "Bonjour\n",
    });
  });
});
