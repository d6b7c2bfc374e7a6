import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Request, type Response, Router } from "express";
import sirv from "sirv";

/** The console as it was built; beside this service in the repository and in its image. */
const DIR = fileURLToPath(new URL("../../../console/dist/", import.meta.url));

/** What the page gives its own style elements; replaced by a number nobody can know before, with each answer. */
const NONCE_MARK = "__STYLE_NONCE__";

const NONCE_BYTES = 16;

/** Of the API, of signing in, of files: what is not found there is answered as theirs. */
const NOT_PAGES = /^\/(v1|console|assets)(\/|$)/;

/**
 * Serves the console: its files, and its one page at every path a browser opens that is nothing of ours; which view that is
 * the page itself finds out.
 *
 * @returns undefined when it has not been built
 */
export function createConsoleFiles(dir: string = DIR): Router | undefined {
  const page = `${dir}index.html`;
  if (!existsSync(page)) return undefined;
  const html = readFileSync(page, "utf8");
  const router = Router({ caseSensitive: true });
  // Their names change with their content, so browsers ask once.
  const files = sirv(`${dir}assets`, { immutable: true, maxAge: YEAR_SECONDS, gzip: true, brotli: true });
  router.use("/assets", (request, response, next) => {
    response.set(FILE_HEADERS);
    files(request, response, next);
  });
  router.get("/", (_request, response) => sendPage(html, response));
  router.get("/*path", (request: Request, response: Response, next: () => void) => {
    const isOpened = (request.get("accept") ?? "").includes("text/html");
    if (isOpened && !NOT_PAGES.test(request.path)) sendPage(html, response);
    else next();
  });
  return router;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

const FILE_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

function sendPage(html: string, response: Response): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  response
    .set({
      ...FILE_HEADERS,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": toPolicy(nonce),
      // The page names its files; one that is kept names those of the version before.
      "cache-control": "no-store",
    })
    .send(html.replaceAll(NONCE_MARK, nonce));
}

/** Nothing from any other origin, and no script or style that is not ours. */
const toPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
