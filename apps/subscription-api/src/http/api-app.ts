import express, { type Express, type Router } from "express";
import { createSessionRouter, type SessionOptions } from "../console/session-routes.js";
import { docsPage, type ShownDocument } from "../pages/docs-page.js";
import { PAGE_HEADERS } from "../pages/html.js";
import { refusal } from "./answer.js";
import { type ApiRouterOptions, createApiRouter, write } from "./api-router.js";
import { toErrorAnswer } from "./error-answer.js";

export interface ApiAppOptions extends ApiRouterOptions {
  readonly document: ShownDocument;
  /** Who may see a workspace's name, for the console. */
  readonly workspaces: SessionOptions["workspaces"];
  /** Undefined: it has not been built. */
  readonly consoleFiles: Router | undefined;
}

/** The HTTP side of the service: operations, their description, and pages for people. */
export function createApiApp(options: ApiAppOptions): Express {
  const { document, logger, consoleFiles } = options;
  const description = JSON.stringify(document);

  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("case sensitive routing", true);
  const docs = docsPage(document);
  app.get("/docs", (_request, response) => response.set(PAGE_HEADERS).send(docs));
  app.get("/v1/openapi.json", (_request, response) => {
    response.set("content-type", "application/json; charset=utf-8").send(description);
  });
  app.use(createApiRouter(options));
  app.use(createSessionRouter(options));
  if (consoleFiles) app.use(consoleFiles);
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
