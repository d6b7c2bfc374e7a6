import { PROBLEM_CONTENT_TYPE, toProblem } from "@hooklane/contracts";
import express, { type ErrorRequestHandler, type Express } from "express";

/** Everything beside `POST /v1/events`, which is answered in front of it. */
export function createExpressApp(onFault: (error: unknown) => void): Express {
  const app = express();
  app.disable("x-powered-by");
  app.get("/", (_request, response) => {
    response.json({ service: "event-ingestor", ingest: "POST /v1/events" });
  });
  app.use((_request, response) => {
    response
      .status(404)
      .type(PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(toProblem("not_found", "Nothing is here")));
  });
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    onFault(error);
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(500)
      .type(PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(toProblem("internal", "The request could not be answered")));
  };
  app.use(onError);
  return app;
}
