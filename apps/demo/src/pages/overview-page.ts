import type { NameSummary, ReceivedRequest } from "../receiver/received-log.js";
import { html, type Html } from "./html.js";
import { toPage } from "./page.js";

/** What the front page shows. */
export interface Overview {
  readonly produced: number | undefined;
  readonly state: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly summaries: readonly Readonly<NameSummary>[];
  /** Newest first. */
  readonly newest: readonly ReceivedRequest[];
}

/** What came, by webhook and request by request. Renews itself. */
export function toOverviewPage({ produced, state, links, summaries, newest }: Overview): string {
  const sent = produced === undefined ? html`` : html` ${produced} events produced.`;
  return toPage(
    "Hooklane demo",
    html`<p class="quiet">${state}${sent}</p>
      <p class="quiet">${links.map(({ label, url }) => html`${label}: <a href="${url}">${url}</a> `)}</p>
      <table>
        <thead>
          <tr>
            <th>Receiver</th>
            <th>Requests</th>
            <th>Events</th>
            <th>Refused</th>
            <th>Bad signatures</th>
            <th>Out of order</th>
            <th>Repeats</th>
            <th>Last</th>
          </tr>
        </thead>
        <tbody>
          ${summaries.map(toSummaryRow)}
        </tbody>
      </table>
      <h2>Newest requests</h2>
      <table>
        <thead>
          <tr>
            <th>At</th>
            <th>Receiver</th>
            <th>Attempt</th>
            <th>Answer</th>
            <th>Signature</th>
            <th>Order</th>
            <th>Body</th>
          </tr>
        </thead>
        <tbody>
          ${newest.map(toRequestRow)}
        </tbody>
      </table>`,
    { refreshSeconds: 2 },
  );
}

const count = (value: number, isBad: boolean): Html =>
  html`<td class="${isBad && value > 0 ? "bad" : ""}">${value}</td>`;

function toSummaryRow(summary: Readonly<NameSummary>): Html {
  return html`<tr>
    <td>${summary.name}</td>
    ${count(summary.requests, false)}${count(summary.events, false)}${count(summary.refused, false)}${count(
      summary.invalidSignatures,
      true,
    )}${count(summary.orderViolations, true)}${count(summary.repeats, false)}
    <td>${summary.lastAt}</td>
  </tr>`;
}

function toRequestRow(request: ReceivedRequest): Html {
  const { receivedAt, name, headers, statusCode, signature, order, body, events } = request;
  const short = body.length > 300 ? `${body.slice(0, 300)}…` : body;
  return html`<tr>
    <td>${receivedAt}</td>
    <td>${name}</td>
    <td>${headers["webhook-attempt"] ?? ""}</td>
    <td>${statusCode}</td>
    <td class="${signature === "invalid" ? "bad" : ""}">${signature}</td>
    <td class="${order === "violation" ? "bad" : ""}">${order}</td>
    <td>
      ${events} event(s)
      <pre>${short}</pre>
    </td>
  </tr>`;
}
