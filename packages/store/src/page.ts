/** A page of a list in a stable order. */
export interface Page<Key extends string = string> {
  /** Key of the last element of the page before; absent: from the start. */
  readonly after?: Key;
  readonly limit: number;
}
