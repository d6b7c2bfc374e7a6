/**
 * Something about the cluster, or our way into it, that no waiting mends. `message` says what, `remedy` what to do, one
 * thing a line. Neither holds a password.
 */
export class KafkaRefusal extends Error {
  override readonly name = "KafkaRefusal";
  readonly remedy: string;

  constructor(message: string, remedy: string | readonly string[], options?: { readonly cause?: unknown }) {
    super(message, options);
    this.remedy = typeof remedy === "string" ? remedy : remedy.join("\n");
  }
}
