import { toEventJson } from "./event.js";

/** How one endpoint's events are published over HTTP: the JSON of the event goes between the two halves of the body. */
export interface PublishLine {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly beforeEvent: string;
  readonly afterEvent: string;
}

/** The body of one call. */
export function toPublishBody(line: PublishLine, run: string, endpoint: number, sequence: number): string {
  return `${line.beforeEvent}${toEventJson(run, endpoint, sequence, Date.now())}${line.afterEvent}`;
}
