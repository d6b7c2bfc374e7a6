/** Variables as given, before they are read. */
export type GivenVariables = Readonly<Record<string, string | undefined>>;

/** What is wrong with one variable because of another one. */
export interface Contradiction {
  readonly variable: string;
  /** Follows the variable's name. No values of secrets. */
  readonly message: string;
}
