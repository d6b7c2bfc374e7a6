import type { DeliveryId, EndpointId } from "@hooklane/core";

/** What a request is made of: an event in the line of an endpoint. */
export interface RequestRecord {
  readonly facts: { readonly deliveryId: DeliveryId; readonly endpointId: EndpointId };
  /** The event's exact bytes as JSON. */
  readonly body: Uint8Array;
}
