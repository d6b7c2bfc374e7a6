import { LiquidError, type Token } from "liquidjs";

/** Why a body could not be made; the user may read all of it. Nothing of the event is in `message`. */
export interface TemplateFailure {
  readonly kind: "template_failed";
  readonly message: string;
  /** Name of the form's field; absent for JSON. */
  readonly field?: string;
  /** What line and column are of: the template, or the text it was rendered to. */
  readonly of: "template" | "rendered";
  /** From 1; absent when it is of no one place. */
  readonly line?: number;
  readonly column?: number;
  /** The text that is not JSON: for previews, as it has the event in it. */
  readonly rendered?: string;
}

/** Thrown by what we add to the engine: `message` is for the user. */
export class TemplateFault extends Error {
  override readonly name = "TemplateFault";
  /** Where it is, when the engine does not add that. */
  readonly token: Token | undefined;

  constructor(message: string, token?: Token) {
    super(message);
    this.token = token;
  }
}

/** A message of the engine may quote the template; that much of it says enough. */
const MESSAGE_CHARS_MAX = 200;

/** What was thrown while a template was parsed, as the user may read it: it is about the template alone. */
export function toParseFailure(error: unknown): TemplateFailure {
  if (LiquidError.is(error)) return toFailure(error, cut(messageOf(error)));
  if (error instanceof TemplateFault) return toFailure(error, error.message);
  return toFailure(error, error instanceof RangeError ? "is nested too deep" : "cannot be read");
}

/** What was thrown while a template was rendered. A message that is not ours may have the event in it. */
export function toRenderFailure(error: unknown): TemplateFailure {
  const cause: unknown = LiquidError.is(error) ? error.originalError : error;
  return toFailure(error, cause instanceof TemplateFault ? cause.message : "cannot be rendered");
}

/** In one line, as it is shown with an attempt: `field "total", line 1, column 7: …`. */
export function describeFailure({ field, of, line, column, message }: TemplateFailure): string {
  const places = [
    ...(field === undefined ? [] : [`field ${JSON.stringify(field)}`]),
    ...(of === "rendered" ? ["rendered text"] : []),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  return places.length === 0 ? message : `${places.join(", ")}: ${message}`;
}

function toFailure(error: unknown, message: string): TemplateFailure {
  const place = tokenOf(error)?.getPosition();
  const [line, column] = place ?? [];
  return {
    kind: "template_failed",
    message,
    of: "template",
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

function tokenOf(error: unknown): Token | undefined {
  if (LiquidError.is(error)) return error.token;
  return error instanceof TemplateFault ? error.token : undefined;
}

/** The engine adds the place to its messages; it is told apart from them here. */
function messageOf({ originalError, message, token }: LiquidError): string {
  if (originalError !== undefined) return originalError.message;
  const [line, column] = token.getPosition();
  const place = `, line:${line}, col:${column}`;
  return message.endsWith(place) ? message.slice(0, -place.length) : message;
}

const cut = (text: string): string =>
  text.length > MESSAGE_CHARS_MAX ? `${text.slice(0, MESSAGE_CHARS_MAX)}…` : text;
