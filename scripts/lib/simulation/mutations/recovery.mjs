const RULES = "packages/core/src/recovery/recovery.ts";
const SIMULATION = "packages/lanes/src/simulation";
const ROUTER = `${SIMULATION}/partition-router.ts`;
const END = `${SIMULATION}/recovery-end.ts`;
const STEP = `${SIMULATION}/recovery-step.ts`;
const CONFIGURATION = `${SIMULATION}/configuration.ts`;

/**
 * product.md D7, ADR 0019: recoveries. What routers and health-monitors carry out themselves is of the apps: here their
 * models are changed.
 */
export const RECOVERY_MUTATIONS = [
  {
    name: "recoverUnsettled",
    rule: "a recovery begins once every delivery of an older generation has its end",
    patches: [{ file: RULES, from: 'return "open";', to: 'return "ended";' }],
  },
  {
    name: "recoverUncollected",
    rule: "what was decided and skipped is owed",
    patches: [{ file: RULES, from: 'if (!progress.isCollected) return { kind: "collect" };', to: "" }],
  },
  {
    name: "recoverUnbegun",
    rule: "a recovery collects only once the router knows that it began",
    patches: [
      { file: RULES, from: 'if (progress.begunAt === undefined) return { kind: "begin" };', to: "" },
      {
        file: RULES,
        from: "before: progress.routedThrough ?? progress.begunAt,",
        to: "before: progress.routedThrough ?? { epoch: 0, offset: 0 },",
      },
    ],
  },
  {
    name: "beginNotAwaited",
    rule: "the router waits at a recovery's begin until it knows the webhook as recovering",
    patches: [
      {
        file: ROUTER,
        from: 'case "begin": yield* this.#waitFor(record);',
        to: 'case "begin":',
      },
    ],
  },
  {
    name: "beginBeforeRun",
    rule: "what stands before a recovery's begin or end is stored before it",
    patches: [
      {
        file: ROUTER,
        from: "yield* this.#route(run); run = []; switch (record.kind) {",
        to: 'if (record.kind === "control") { yield* this.#route(run); run = []; } switch (record.kind) {',
      },
    ],
  },
  {
    name: "naiveEnd",
    rule: "the webhook is active from the place of the end in line, and by the router",
    patches: [
      {
        file: END,
        from: "const proposal = yield* propose(router, record, place);",
        to: "return [];",
      },
      {
        file: STEP,
        from: 'yield* ask(monitor, "database", () => recoveries.ended(id, number));',
        to: 'const task_ = task; yield* ask(monitor, "database", () => monitor.upstream.configuration.endRecovery(task_));',
      },
      {
        file: STEP,
        from: 'yield* put(monitor, webhook, [{ kind: "end",',
        to: 'yield* put(monitor, webhook, [...toEntering(task, owed).flatMap((each) => toResend(id, webhook, each) ?? []), { kind: "end",',
      },
    ],
  },
  {
    name: "resendAfterEnd",
    rule: "a recovery's resend reaches the webhook only while it lasts",
    patches: [{ file: `${SIMULATION}/routing.ts`, from: 'webhook.status === "recovering" &&', to: "" }],
  },
  {
    name: "resendOfOther",
    rule: "a recovery's resend reaches the webhook only in its generation",
    patches: [
      {
        file: `${SIMULATION}/routing.ts`,
        from: "webhook.generation === generation &&",
        to: "",
      },
    ],
  },
  {
    name: "generationAtEnd",
    rule: "the generation stays as it is at the end",
    patches: [
      {
        file: CONFIGURATION,
        from: 'this.change(webhookId, { status: "active" });',
        to: 'this.change(webhookId, { status: "active", generation: generation + 1 });',
      },
    ],
  },
  {
    name: "readBeyondRouted",
    rule: "only what stands before a place that is known to be routed is read",
    patches: [
      {
        file: RULES,
        from: "before: progress.routedThrough ?? progress.begunAt,",
        to: "before: { epoch: Infinity, offset: 0 },",
      },
    ],
  },
  {
    name: "endDecidedAnew",
    rule: "an end is decided once",
    patches: [
      {
        file: `${SIMULATION}/recoveries.ts`,
        from: "const stored = this.#ends.get(recordId) ?? decided;",
        to: "const stored = decided;",
      },
    ],
  },
  {
    name: "endUnknown",
    rule: "the router knows that the webhook is active before it goes on behind the end",
    patches: [{ file: END, from: "yield* router.refresh(webhookId);", to: "" }],
  },
  {
    name: "enteringTwice",
    rule: "what the end enters has the ids of the recovery's resends",
    patches: [
      {
        file: END,
        from: "const recordId = toResendRecordId(recovery, toDeliveryId(owed.recordId, webhook.id));",
        to: "const recordId = toResendRecordId(`${recovery}.end`, toDeliveryId(owed.recordId, webhook.id));",
      },
    ],
  },
  {
    name: "takeOverUnrefreshed",
    rule: "a router that takes a partition over reads the configuration anew",
    patches: [{ file: ROUTER, from: "yield* this.router.refreshAll();", to: "" }],
  },
  {
    name: "noControlWait",
    rule: "the router waits at a control record until it knows the change",
    patches: [
      {
        file: ROUTER,
        from: 'case "control": yield* this.#waitFor(record); break;',
        to: 'case "control": break;',
      },
    ],
  },
  {
    name: "repeatInRun",
    rule: "what stands in line twice counts where it stands first",
    patches: [{ file: ROUTER, from: "const run = batch.filter(isFirstOfItsId);", to: "const run = batch;" }],
  },
  {
    name: "decidedAnew",
    rule: "a record is decided once",
    patches: [
      {
        file: `${SIMULATION}/event-log.ts`,
        from: "if (there !== undefined) return there;",
        to: "if (there !== undefined) return { ...record, place: there.place };",
      },
    ],
  },
  {
    name: "recoveringNotOwed",
    rule: "what comes while a webhook recovers is owed to it",
    patches: [
      {
        file: "packages/core/src/matching.ts",
        from: "const isOwed = reason === undefined &&",
        to: 'const isOwed = reason === undefined && status !== "recovering" &&',
      },
    ],
  },
  {
    name: "recoveringMatched",
    rule: "what comes while a webhook recovers does not overtake what is owed",
    patches: [
      {
        file: "packages/core/src/matching.ts",
        from: 'if (status === "active") return undefined;',
        to: 'if (status === "active" || status === "recovering") return undefined;',
      },
    ],
  },
  {
    name: "enterDelivered",
    rule: "what had its end is not sent once more",
    patches: [{ file: RULES, from: "&& !event.statuses.some(isForGood)", to: "" }],
  },
  {
    name: "owedSinceIgnored",
    rule: "what was not sent before the last plain activation is not sent any more",
    patches: [
      { file: RULES, from: "delivery.generation < owedSince ||", to: "" },
      { file: RULES, from: "event.generation >= owedSince &&", to: "" },
    ],
  },
  {
    name: "orderNotKept",
    rule: "what is owed is read in the order of the line",
    patches: [
      {
        file: `${SIMULATION}/event-log.ts`,
        from: "owed.splice(index + 1, 0, record);",
        to: "owed.unshift(record);",
      },
    ],
  },
  {
    name: "sentThroughAhead",
    rule: "what was read is behind a recovery only once it is in line",
    patches: [
      {
        file: STEP,
        from: "yield* put(monitor, webhook, sent);",
        to: 'yield* ask(monitor, "database", () => recoveries.sent(id, last.place, undefined)); yield* put(monitor, webhook, sent);',
      },
    ],
  },
  {
    name: "limitIgnored",
    rule: "when too much is owed at an end the recovery goes on behind it",
    patches: [
      {
        file: RULES,
        from: 'entering > limit ? { kind: "too_much" }',
        to: 'entering > limit ? { kind: "over" }',
      },
    ],
  },
];
