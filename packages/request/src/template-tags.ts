import {
  AssignTag,
  BreakTag,
  CaptureTag,
  CaseTag,
  CommentTag,
  type Context,
  ContinueTag,
  type Emitter,
  evalToken,
  ForTag,
  IfTag,
  InlineCommentTag,
  type Liquid,
  type Parser,
  RawTag,
  type TagToken,
  type Template,
  type TopLevelToken,
  UnlessTag,
} from "liquidjs";
import { MEMBER_WORK, ours } from "./render-context.js";
import { payForComparing } from "./template-operators.js";
import { BoundedEmitter } from "./template-output.js";

/** The engine pays for each template in a loop's body: one without any goes round for nothing. */
class PayingForTag extends ForTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, rest, liquid, parser);
    if (this.templates.length === 0) this.templates.push({ token, render: () => undefined });
  }

  override *render(context: Context, emitter: Emitter): Generator<unknown, void, Template[]> {
    // What it goes over is copied for `limit`, `offset` and `reversed`, however little of it is used.
    const over: unknown = yield evalToken(this.collection, context);
    const { budget } = ours(context);
    if (Array.isArray(over) || typeof over === "string") budget.use(over.length);
    else if (typeof over === "object" && over !== null) budget.use(Object.keys(over).length * MEMBER_WORK);
    yield* super.render(context, emitter);
  }
}

/** Compares as `==` does, but not by the operator. */
class PayingCaseTag extends CaseTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const target = yield this.value.value(context);
    const { budget } = ours(context);
    for (const { values } of this.branches)
      payForComparing(
        values.map(() => target),
        budget,
      );
    yield* super.render(context, emitter);
  }
}

/** Captures text as it is: escaped here and where it is put out, it would be escaped twice. */
class TextCaptureTag extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const mine = ours(context);
    mine.captures++;
    try {
      const emitter = new BoundedEmitter(mine.budget);
      yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
      mine.bottom()[this.variable] = emitter.buffer;
    } finally {
      mine.captures--;
    }
  }
}

/** All tags there are: none reads a file, includes another template, or puts out what is not escaped. */
export const templateTags = {
  assign: AssignTag,
  break: BreakTag,
  capture: TextCaptureTag,
  case: PayingCaseTag,
  comment: CommentTag,
  continue: ContinueTag,
  for: PayingForTag,
  if: IfTag,
  raw: RawTag,
  unless: UnlessTag,
  "#": InlineCommentTag,
} as const;
