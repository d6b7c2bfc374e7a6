import type { Arrivals } from "../measure/arrivals.js";
import { type EndpointBehaviour, RawReceiver } from "./raw-receiver.js";
import { answerParent } from "./worker.js";

/** What the receiver's process is asked. */
export type ReceiverRequest =
  | { readonly do: "listen"; readonly addresses: readonly string[]; readonly port: number }
  | { readonly do: "behave"; readonly endpoints: readonly number[]; readonly behaviour: EndpointBehaviour }
  | { readonly do: "clear" }
  /** Answers when so many events have come since `clear`, or at the deadline, with the number that came. */
  | { readonly do: "await"; readonly count: number; readonly deadlineMs: number }
  | { readonly do: "read" };

export interface ReceiverAnswer {
  readonly port?: number;
  readonly count: number;
  readonly arrivals?: Arrivals;
}

let awaited: { count: number; done: () => void } | undefined;

const receiver = new RawReceiver((size) => {
  if (awaited !== undefined && size >= awaited.count) awaited.done();
});

async function handle(request: ReceiverRequest): Promise<ReceiverAnswer> {
  switch (request.do) {
    case "listen":
      return { port: await receiver.listen(request.addresses, request.port), count: 0 };
    case "behave":
      for (const endpoint of request.endpoints) receiver.behaviours.set(endpoint, request.behaviour);
      break;
    case "clear":
      receiver.arrivals.clear();
      break;
    case "await":
      await reach(request.count, request.deadlineMs);
      break;
    case "read":
      return { count: receiver.arrivals.size, arrivals: receiver.arrivals.read() };
  }
  return { count: receiver.arrivals.size };
}

async function reach(count: number, deadlineMs: number): Promise<void> {
  if (receiver.arrivals.size >= count) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, deadlineMs);
    awaited = {
      count,
      done: () => {
        clearTimeout(timer);
        resolve();
      },
    };
  });
  awaited = undefined;
}

answerParent(handle, () => receiver.close());
