import { toPage } from "./html.js";

/** What stands at `/` until there is a console. */
export const startPage = (version: string): string =>
  toPage(
    "Hooklane",
    `<main><h1>Hooklane ${version}</h1>
<p>Events delivered to webhooks: in order per endpoint, with no endpoint able to delay another, and nothing lost.</p>
<ul><li><a href="/docs">API reference</a></li><li><a href="/v1/openapi.json">OpenAPI 3.1 document</a></li>
<li><a href="/readyz">Is this service ready?</a></li></ul></main>`,
  );
