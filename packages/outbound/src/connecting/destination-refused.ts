/** Code of a {@link DestinationRefused}, kept by who wraps it. */
export const DESTINATION_REFUSED = "HOOKLANE_DESTINATION_REFUSED";

/** Our own refusal to connect (product.md O6). The receiver's address is no secret of ours, but the reason is enough. */
export class DestinationRefused extends Error {
  readonly code = DESTINATION_REFUSED;

  constructor(reason: string) {
    super(`the destination is refused: ${reason}`);
  }
}
