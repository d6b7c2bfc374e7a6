import express, { type Express } from "express";
import { docsPage, type ShownDocument } from "../pages/docs-page.js";
import { PAGE_HEADERS } from "../pages/html.js";
import { startPage } from "../pages/start-page.js";
import { refusal } from "./answer.js";
import { type ApiRouterOptions, createApiRouter, write } from "./api-router.js";
import { toErrorAnswer } from "./error-answer.js";

export interface ApiAppOptions extends ApiRouterOptions {
  readonly document: ShownDocument;
}

/** The HTTP side of the service: operations, their description, and pages for people. */
export function createApiApp(options: ApiAppOptions): Express {
  const { document, logger } = options;
  const pages = new Map([
    ["/", startPage(document.info.version)],
    ["/docs", docsPage(document)],
  ]);
  const description = JSON.stringify(document);

  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("case sensitive routing", true);
  for (const [path, page] of pages)
    app.get(path, (_request, response) => response.set(PAGE_HEADERS).send(page));
  app.get("/v1/openapi.json", (_request, response) => {
    response.set("content-type", "application/json; charset=utf-8").send(description);
  });
  app.use(createApiRouter(options));
  app.use((_request, response) => write(response, refusal("not_found", "There is no such path.")));
  // express tells an error handler by its four parameters.
  app.use(
    (error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
      const { answer, isFault } = toErrorAnswer(error);
      if (isFault) logger.error({ err: error }, "api.request_failed");
      write(response, answer);
    },
  );
  return app;
}
