import type { Logger } from "@hooklane/service";
import { createTransport } from "nodemailer";
import CircuitBreaker from "opossum";
import type { Mail } from "./disabled-mail.js";

/**
 * How sending ended. `refused`: the server will never take this mail (unknown address); `failed`: it may later.
 * `unavailable`: not tried, the breaker is open.
 */
export type MailOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "failed"; readonly detail: string }
  | { readonly kind: "unavailable" };

export interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  /** An address, or `Name <address>`. */
  readonly from: string;
  readonly logger: Logger;
  /** After so long without success the server is asked again, milliseconds. */
  readonly breakerResetMs?: number;
}

const CONNECT_LIMIT_MS = 5_000;
const SILENCE_LIMIT_MS = 10_000;
/** One mail altogether; well below the lease of an outbox entry. */
const SEND_LIMIT_MS = 20_000;

/** Sends mails by SMTP, a connection each. While the server fails, opossum keeps us from asking it over and over. */
export class Mailer {
  readonly #transport;
  readonly #breaker;
  readonly #from: string;
  readonly #messageIdDomain: string;

  constructor({ smtpUrl, from, logger, breakerResetMs = 15_000 }: MailerOptions) {
    this.#transport = createTransport({
      url: smtpUrl,
      connectionTimeout: CONNECT_LIMIT_MS,
      greetingTimeout: CONNECT_LIMIT_MS,
      socketTimeout: SILENCE_LIMIT_MS,
      // A mail holds what we put in: no file and no URL is read for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#messageIdDomain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
    this.#breaker = new CircuitBreaker(
      (mail: Mail, id: string) => this.#transport.sendMail(this.#toMessage(mail, id)),
      {
        name: "smtp",
        timeout: SEND_LIMIT_MS,
        resetTimeout: breakerResetMs,
        errorThresholdPercentage: 50,
        volumeThreshold: 3,
        rollingPercentilesEnabled: false,
        enableSnapshots: false,
        errorFilter: isRefusal,
      },
    );
    this.#breaker.on("open", () => logger.warn({}, "smtp.breaker_opened"));
    this.#breaker.on("close", () => logger.info({}, "smtp.breaker_closed"));
  }

  /** Whether a mail handed in now would be tried. */
  get isAvailable(): boolean {
    return !this.#breaker.opened;
  }

  /** @param id becomes the Message-ID: a mail sent again after a crash has the same, and mail programs show it once */
  async send(mail: Mail, id: string): Promise<MailOutcome> {
    try {
      await this.#breaker.fire(mail, id);
      return { kind: "sent" };
    } catch (error) {
      if (isBreakerOpen(error)) return { kind: "unavailable" };
      return { kind: isRefusal(error) ? "refused" : "failed", detail: describe(error) };
    }
  }

  close(): Promise<void> {
    this.#breaker.shutdown();
    this.#transport.close();
    return Promise.resolve();
  }

  #toMessage({ to, subject, text, html }: Mail, id: string) {
    return {
      from: this.#from,
      // As an object: the address is not parsed as a list of several.
      to: { name: "", address: to },
      subject,
      text,
      html,
      messageId: `<${id.replace(/[^\w.-]/g, ".")}@${this.#messageIdDomain}>`,
      headers: { "auto-submitted": "auto-generated" },
    };
  }
}

/** nodemailer's error, as far as it is read here. */
interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * Whether the server refused this recipient or this content for good. A 5xx to anything else (our login, our sender)
 * is a fault of the configuration, and passes once that is right.
 */
function isRefusal(error: unknown): boolean {
  const { code, responseCode, command } = error as SmtpError;
  if (code === "EENVELOPE" && responseCode === undefined) return true;
  const isAboutThisMail = command === "RCPT TO" || command === "DATA";
  return isAboutThisMail && responseCode !== undefined && responseCode >= 500;
}

function isBreakerOpen(error: unknown): boolean {
  const { code } = error as SmtpError;
  return code === "EOPENBREAKER" || code === "ESHUTDOWN";
}

function describe(error: unknown): string {
  const { code, responseCode } = error as SmtpError;
  const parts = [code, responseCode].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" ") : error instanceof Error ? error.name : "unknown";
}
