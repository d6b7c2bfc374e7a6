import type { ReceivedRequest } from "./received-request.js";

/** What a receiver does with one request. */
export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Milliseconds from the request's last byte to the answer. Default 0. */
      readonly afterMs?: number;
    }
  /** Reads the request and never answers. */
  | { readonly kind: "hang" }
  /** Cuts the connection by a TCP reset. */
  | { readonly kind: "reset" };

/** Decides the reply to each request of a path. `nth` counts the requests of that path from 1. */
export type Behaviour = (request: ReceivedRequest, nth: number) => Reply;

/** An answer with a status, and what else it should have. */
export function answer(
  status: number,
  rest: Omit<Extract<Reply, { kind: "answer" }>, "kind" | "status"> = {},
): Reply {
  return { kind: "answer", status, ...rest };
}

/** 200, at once. */
export const ok: Behaviour = () => answer(200);

/** Always this status. */
export function always(status: number): Behaviour {
  return () => answer(status);
}

/** 200 after `ms` milliseconds. */
export function slow(ms: number): Behaviour {
  return () => answer(200, { afterMs: ms });
}

/** Never answers. */
export const hang: Behaviour = () => ({ kind: "hang" });

/** Resets every connection after the request has come. */
export const reset: Behaviour = () => ({ kind: "reset" });

/** The first `count` requests of the path get `status`, the rest 200. */
export function failFirst(count: number, status = 500): Behaviour {
  return (_request, nth) => answer(nth <= count ? status : 200);
}

/** The replies in turn, a number being a status; what comes after the list gets `then` (default 200). */
export function script(replies: readonly (number | Reply)[], then: Behaviour = ok): Behaviour {
  return (request, nth) => {
    const reply = replies[nth - 1];
    if (reply === undefined) return then(request, nth);
    return typeof reply === "number" ? answer(reply) : reply;
  };
}
