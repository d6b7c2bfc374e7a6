/** A fault the person at the terminal can do something about: shown as one line, without a stack. */
export class UserError extends Error {
  name = "UserError";
}
