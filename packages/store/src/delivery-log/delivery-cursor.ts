import { asDeliveryId, type DeliveryId } from "@hooklane/core";

/** A place in the list of deliveries, newest first: everything behind it has a smaller (acceptedAt, id). */
export interface DeliveryCursor {
  readonly acceptedAt: Date;
  readonly id: DeliveryId;
}

/** The text clients hand back; they must not read it. */
export function encodeDeliveryCursor({ acceptedAt, id }: DeliveryCursor): string {
  return Buffer.from(`${acceptedAt.getTime()}:${id}`).toString("base64url");
}

/** Reads a client's cursor; undefined when it is not one we gave. */
export function decodeDeliveryCursor(text: string): DeliveryCursor | undefined {
  const match = /^(\d{1,15}):(.{1,300})$/.exec(Buffer.from(text, "base64url").toString("utf8"));
  const [, acceptedAt, id] = match ?? [];
  if (acceptedAt === undefined || id === undefined) return undefined;
  return { acceptedAt: new Date(Number(acceptedAt)), id: asDeliveryId(id) };
}
