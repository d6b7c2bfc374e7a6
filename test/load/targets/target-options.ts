/** Another webhook sender to drive. */
export interface Target {
  /** Base URL of its API, without a slash at the end. */
  readonly url: string;
  /** Base URL events are published to; that of the API when it is the same. */
  readonly publishUrl: string;
  readonly token: string;
  /** `hooklane`, or the file of a recipe. */
  readonly adapter: string;
}
