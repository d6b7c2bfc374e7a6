import { html, type Html } from "./html.js";

const STYLE = html`
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color:
  #1f2933; } nav a { margin-right: 1rem; } table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
  th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #e4e7eb; vertical-align: top; }
  td.bad { color: #b42318; font-weight: 600; } pre { white-space: pre-wrap; word-break: break-all; margin:
  .3rem 0; font-size: 13px; } iframe { width: 100%; height: 36rem; border: 1px solid #e4e7eb; } .quiet {
  color: #52606d; }
`;

/** A whole page; nothing in it asks another address. */
export function toPage(
  title: string,
  body: Html,
  options: { readonly refreshSeconds?: number } = {},
): string {
  const refresh =
    options.refreshSeconds === undefined
      ? html``
      : html`<meta http-equiv="refresh" content="${options.refreshSeconds}" />`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        ${refresh}
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <nav><a href="/">What came</a><a href="/mails">Mails</a></nav>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`.text;
}

/** Answer header of every page: scripts and outside addresses are refused, whatever was received. */
export const PAGE_SECURITY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; img-src 'self'";
