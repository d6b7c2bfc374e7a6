import type { CaughtMail } from "../mail/mail-catcher.js";
import { html } from "./html.js";
import { toPage } from "./page.js";

/** All mails, newest first. */
export function toMailListPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    ({ id, receivedAt, to, subject }) =>
      html`<tr>
        <td>${receivedAt.toISOString()}</td>
        <td>${to.join(", ")}</td>
        <td><a href="/mails/${id}">${subject}</a></td>
      </tr>`,
  );
  return toPage(
    "Mails",
    html`<p class="quiet">Every mail Hooklane sends ends here in the local start. ${mails.length} caught.</p>
      <table>
        <thead>
          <tr>
            <th>At</th>
            <th>To</th>
            <th>Subject</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    { refreshSeconds: 5 },
  );
}

/** One mail as a mail program shows it, and its text. The mail's own HTML stands in a frame that may do nothing. */
export function toMailPage({ subject, from, to, receivedAt, text, html: rich }: CaughtMail): string {
  return toPage(
    subject,
    html`<p class="quiet">From ${from} to ${to.join(", ")}, ${receivedAt.toISOString()}</p>
      <iframe sandbox="allow-popups" title="The mail" srcdoc="${rich}"></iframe>
      <h2>As text</h2>
      <pre>${text}</pre>`,
  );
}
