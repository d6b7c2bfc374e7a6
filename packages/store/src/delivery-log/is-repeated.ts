import type { DeliveryDocument } from "./delivery-document.js";

/**
 * Whether a delivery was sent a first time twice: its dispatcher ended after the result was on its way to `attempts.v1`
 * and before a checkpoint had it, so the partition's next owner sent it again (lanes.md §9, I13).
 */
export function isRepeated(attempts: DeliveryDocument["attempts"]): boolean {
  return Object.values(attempts).filter(({ number }) => number === 1).length > 1;
}
