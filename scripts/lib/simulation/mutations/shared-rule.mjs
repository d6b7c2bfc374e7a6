const LANES = "packages/lanes/src";
const WINDOW = "packages/core/src/error-window.ts";
const SIMULATION = "packages/lanes/src/simulation";

/** lanes.md §7: the shared rule, exactly once, before the next request. */
export const RULE_MUTATIONS = [
  {
    name: "countLater",
    lastDigits: [7],
    rule: "a failed lane stands still until its error is counted",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: "this.#parts.decide(this.#parts.requests.beginCount(lane, lane.hand, end));",
        to: "this.#parts.decide(this.#parts.requests.beginCount(lane, lane.hand, end)); this.onCounted(endpointId, ticket, now);",
      },
    ],
  },
  {
    name: "retryTemplate",
    rule: "what no body can be made of is never retried (product.md D12)",
    patches: [
      {
        file: "packages/core/src/retry.ts",
        from: 'if (isTemplateFailure(outcome)) return { kind: "dead_letter", reason: "template_failed" };',
        to: "",
      },
    ],
  },
  {
    name: "templateIsNoError",
    rule: "what no body can be made of is one error like another (product.md D12)",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: "this.#ban(lane.hand, end);",
        to: 'if (end.outcome.error === "template") { this.#finish(lane, lane.hand, end, { kind: "dead_letter", reason: "template_failed" }, now); return; } this.#ban(lane.hand, end);',
      },
    ],
  },
  {
    name: "countTwice",
    rule: "an error counts once, however often it is told",
    patches: [{ file: WINDOW, from: "window.errors.some((each) => each.id === error.id) ||", to: "" }],
  },
  {
    name: "countOldGeneration",
    lastDigits: [7],
    rule: "errors of a generation that was tripped do not count",
    patches: [
      {
        file: WINDOW,
        from: "each.webhookId === error.webhookId && each.generation >= error.generation",
        to: "each.webhookId === error.webhookId && each.generation < 0",
      },
      { file: WINDOW, from: "error.generation < sinceOf(window, error.webhookId) ||", to: "" },
    ],
  },
  {
    name: "oldErrorsStay",
    lastDigits: [7],
    rule: "an activation ends the errors before it",
    patches: [
      {
        file: WINDOW,
        from: "(each) => each.at > now - rule.windowMs && each.generation >= sinceOf(window, each.webhookId),",
        to: "(each) => each.at > now - rule.windowMs,",
      },
    ],
  },
  {
    name: "windowNeverSlides",
    rule: "errors leave the window by age",
    patches: [
      {
        file: WINDOW,
        from: "(each) => each.at > now - rule.windowMs && each.generation >= sinceOf(window, each.webhookId),",
        to: "(each) => each.generation >= sinceOf(window, each.webhookId),",
      },
    ],
  },
  {
    name: "limitOffByOne",
    lastDigits: [7],
    rule: "the rule trips at more than its limit",
    patches: [
      {
        file: WINDOW,
        from: "if (counted.length <= rule.errorsMax) return",
        to: "if (counted.length < rule.errorsMax) return",
      },
    ],
  },
  {
    name: "errorsStayAfterTrip",
    lastDigits: [7],
    rule: "a trip takes the errors of whom it names",
    patches: [
      {
        file: WINDOW,
        from: "errors: counted.filter((each) => !chosen.has(each.webhookId)),",
        to: "errors: counted.filter((each) => each.webhookId !== undefined || chosen.size < 0),",
      },
    ],
  },
  {
    name: "noBreaker",
    lastDigits: [7],
    rule: "the verdict opens the breaker at once",
    patches: [
      {
        file: `${LANES}/tripped-webhooks.ts`,
        from: "return (this.#generations.get(webhookId) ?? -1) >= generation;",
        to: "return false;",
      },
    ],
  },
  {
    name: "tripsNotReadAtClaim",
    lastDigits: [7],
    rule: "unapplied trips are read at a claim",
    patches: [
      {
        file: `${SIMULATION}/open-partition.ts`,
        from: "for (const trip of trips) process.onTrip(trip);",
        to: "void trips;",
      },
    ],
  },
  {
    name: "verdictUnapplied",
    lastDigits: [7],
    rule: "the verdict names applied trips too: a repeated update hears it",
    patches: [
      {
        file: `${SIMULATION}/database.ts`,
        from: "return { trip, verdict: window.trips };",
        to: "return { trip, verdict: window.trips.filter(({ applied }) => !applied) };",
      },
    ],
  },
  {
    name: "errorIdOfRequest",
    lastDigits: [7],
    rule: "each attempt's error has an id of its own",
    patches: [
      {
        file: `${LANES}/lane-requests.ts`,
        from: "const id = `${endpointId}:${logEpoch}:${offset}:${attempt}`;",
        to: "const id = `${endpointId}:${logEpoch}:${offset}:${Math.min(attempt, 1)}`;",
      },
    ],
  },
  {
    name: "tripDisablesAnyGeneration",
    lastDigits: [7],
    rule: "a trip is applied to the generation it names only",
    patches: [
      {
        file: `${SIMULATION}/configuration.ts`,
        from: "if (webhook?.generation !== generation || !isSentTo(webhook)) return;",
        to: "if (webhook === undefined || !isSentTo(webhook)) return;",
      },
    ],
  },
];
