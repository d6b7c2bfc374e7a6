import { streamEvent, streamQuery } from "@hooklane/contracts";
import { type Operation, workspaceOperation } from "../http/operation.js";
import type { Streams } from "./streams.js";

/** `GET /v1/stream` */
export function streamOperation(streams: Pick<Streams, "open">): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/stream",
    operationId: "stream",
    tag: "Live",
    summary: "Follow deliveries, webhooks and the error quota as they change, as server-sent events",
    access: "read",
    isStream: true,
    query: streamQuery,
    success: {
      status: 200,
      description:
        "Events without an end. The schema is that of each: `event` and `id` are its fields, and `data` is JSON in its field `data`. With `Last-Event-ID` exactly what was missed comes first, for an hour; later, or when that cannot be told, an event `reset`. A client that does not read is cut, and comes again",
      body: streamEvent,
    },
    problems: [],
    handle: ({ workspaceId, query, standing }) => streams.open({ workspaceId, query, standing }),
  });
}
