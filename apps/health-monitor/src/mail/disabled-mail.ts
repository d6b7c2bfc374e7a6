import type { DisabledNotice, WorkspaceContact } from "@hooklane/store";
import { escapeHtml, fillTemplate, type Html, joinHtml, markup } from "./html.js";
import { type MailTexts, mailTexts } from "./mail-texts.js";

/** A mail to one contact. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailOptions {
  /** HTML with `[[name]]` places, made from `disabled.mjml` at build. */
  readonly template: string;
  /** Where the console is, without a slash at its end. */
  readonly consoleUrl: string;
}

/**
 * The mail about one disablement to one contact, in the contact's language (product.md D6): webhook, URL, errors in the
 * window per webhook, last error, link to re-enable. Pure.
 */
export function toDisabledMail(
  notice: DisabledNotice,
  contact: WorkspaceContact,
  options: MailOptions,
): Mail {
  const texts = mailTexts[contact.language];
  const { webhook } = notice;
  const facts = toFacts(notice, contact, texts);
  const counts = toErrorCounts(notice, texts);
  // Whoever is signed in to several workspaces is led to this one.
  const link = `${options.consoleUrl}/webhooks/${encodeURIComponent(webhook.id)}?workspace=${encodeURIComponent(notice.workspaceId)}`;
  const subject = texts.subject(oneLine(webhook.name));
  const heading = texts.heading(oneLine(webhook.name));
  const summary = texts.summary[notice.reason];
  return {
    to: contact.email,
    subject,
    text: toText({ heading, summary, facts, counts, link, texts }),
    html: fillTemplate(options.template, {
      language: escapeHtml(contact.language),
      workspaceName: escapeHtml(notice.workspaceName),
      subject: escapeHtml(subject),
      heading: escapeHtml(heading),
      summary: escapeHtml(summary),
      rows: toRows(facts, counts, texts),
      advice: escapeHtml(texts.advice),
      action: escapeHtml(texts.action),
      link: escapeHtml(link),
    }),
  };
}

/** A label and its value. */
type Fact = readonly [label: string, value: string];

function toFacts(notice: DisabledNotice, contact: WorkspaceContact, texts: MailTexts): Fact[] {
  const when = new Intl.DateTimeFormat(contact.language, {
    dateStyle: "long",
    timeStyle: "long",
    timeZone: notice.timeZone,
  }).format(notice.at);
  const facts: Fact[] = [
    [texts.webhook, notice.webhook.name],
    [texts.url, notice.webhook.url],
    [texts.disabledAt, when],
  ];
  const lastError = describeLastError(notice, texts);
  return lastError === undefined ? facts : [...facts, [texts.lastError, lastError]];
}

function describeLastError({ lastError }: DisabledNotice, texts: MailTexts): string | undefined {
  if (lastError === undefined) return undefined;
  if (lastError.statusCode !== undefined) return `HTTP ${lastError.statusCode}`;
  const { error, errorDetail } = lastError;
  if (error === undefined) return errorDetail;
  return errorDetail === undefined ? texts.errors[error] : texts.fact(texts.errors[error], errorDetail);
}

function toErrorCounts({ errorCounts }: DisabledNotice, texts: MailTexts): Fact[] {
  return errorCounts.map(({ name, errors }) => [name ?? texts.deletedWebhook, String(errors)]);
}

interface MailParts {
  readonly heading: string;
  readonly summary: string;
  readonly facts: readonly Fact[];
  readonly counts: readonly Fact[];
  readonly link: string;
  readonly texts: MailTexts;
}

function toText({ heading, summary, facts, counts, link, texts }: MailParts): string {
  const lines = (list: readonly Fact[], indent = "") =>
    list.map(([label, value]) => `${indent}${texts.fact(oneLine(label), oneLine(value))}`);
  return [
    heading,
    "",
    summary,
    "",
    ...lines(facts),
    ...(counts.length > 0
      ? ["", texts.fact(texts.errorsInWindow, "").trimEnd(), ...lines(counts, "  ")]
      : []),
    "",
    texts.advice,
    texts.fact(texts.action, link),
    "",
  ].join("\n");
}

function toRows(facts: readonly Fact[], counts: readonly Fact[], texts: MailTexts): Html {
  const row = ([label, value]: Fact) =>
    markup`<tr><td style="color:#52606d;vertical-align:top">${escapeHtml(label)}</td><td style="word-break:break-all">${escapeHtml(value)}</td></tr>`;
  const heading = markup`<tr><td colspan="2" style="font-weight:bold;padding-top:16px">${escapeHtml(texts.errorsInWindow)}</td></tr>`;
  return joinHtml([...facts.map(row), ...(counts.length > 0 ? [heading] : []), ...counts.map(row)]);
}

/** Names are the user's: a line break in one must not look like a line of ours, nor start a header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
