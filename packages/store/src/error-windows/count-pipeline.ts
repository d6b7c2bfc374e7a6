import type { CountedError, ErrorRule, TripPolicy } from "@hooklane/core";
import type { mongo } from "mongoose";

type Expression = mongo.Document | string;

/** What an error to be counted is known by. */
export type ErrorToCount = Omit<CountedError, "at">;

const literal = (value: unknown): Expression => ({ $literal: value });
const orEmpty = (field: string, empty: unknown): Expression => ({ $ifNull: [field, literal(empty)] });

/** `since[webhookId]`, 0 when not set. (`$getField` takes no computed names before MongoDB 7.2.) */
const sinceOf = (webhookId: Expression): Expression => ({
  $let: {
    vars: {
      found: {
        $first: {
          $filter: {
            input: { $objectToArray: orEmpty("$since", {}) },
            as: "entry",
            cond: { $eq: ["$$entry.k", webhookId] },
          },
        },
      },
    },
    in: { $ifNull: ["$$found.v", 0] },
  },
});

/** The highest generation of a webhook among the counted errors. */
const generationOf = (webhookId: Expression): Expression => ({
  $max: {
    $map: {
      input: {
        $filter: { input: "$_counted", as: "own", cond: { $eq: ["$$own.webhookId", webhookId] } },
      },
      as: "own",
      in: "$$own.generation",
    },
  },
});

/**
 * `countError` of packages/core as one atomic update (lanes.md §7); a conformance test runs both on the same sequences.
 * The order of its stages is the order of the statements there.
 *
 * @param now `"$$NOW"`; tests hand in a literal time
 */
export function countPipeline(
  error: ErrorToCount,
  policy: TripPolicy,
  rule: ErrorRule,
  now: Expression = "$$NOW",
): mongo.Document[] {
  return [
    wholeWindow(rule, now),
    { $set: { _isIgnored: isIgnored(error) } },
    { $set: { _counted: counted(error, rule, now) } },
    { $set: { _counts: countByWebhook } },
    {
      $set: {
        _trips: { $and: [{ $not: ["$_isIgnored"] }, { $gt: [{ $size: "$_counted" }, rule.errorsMax] }] },
      },
    },
    { $set: { _chosen: { $cond: ["$_trips", chooseWebhooks(error, policy), []] } } },
    {
      $set: {
        errors: {
          $filter: {
            input: "$_counted",
            as: "each",
            cond: { $not: [{ $in: ["$$each.webhookId", "$_chosen.webhookId"] }] },
          },
        },
        trips: {
          $concatArrays: [
            "$trips",
            {
              $cond: [
                "$_trips",
                [{ webhooks: "$_chosen", errorCounts: "$_counts", at: now, applied: false }],
                [],
              ],
            },
          ],
        },
      },
    },
    { $unset: ["_isIgnored", "_counted", "_counts", "_trips", "_chosen"] },
  ];
}

/** Leaves of a window what counts at `now`, and fills in what a new one lacks. */
export function wholeWindow(rule: ErrorRule, now: Expression): mongo.Document {
  const windowStart = { $subtract: [now, rule.windowMs] };
  return {
    $set: {
      errors: {
        $filter: {
          input: orEmpty("$errors", []),
          as: "each",
          cond: {
            $and: [
              { $gt: ["$$each.at", windowStart] },
              { $gte: ["$$each.generation", sinceOf("$$each.webhookId")] },
            ],
          },
        },
      },
      trips: {
        $filter: {
          input: orEmpty("$trips", []),
          as: "trip",
          cond: { $or: [{ $gt: ["$$trip.at", windowStart] }, { $not: ["$$trip.applied"] }] },
        },
      },
      since: orEmpty("$since", {}),
    },
  };
}

function isIgnored(error: ErrorToCount): Expression {
  return {
    $or: [
      { $lt: [error.generation, sinceOf(literal(error.webhookId))] },
      { $in: [literal(error.id), "$errors.id"] },
      {
        $anyElementTrue: {
          $map: {
            input: "$trips",
            as: "trip",
            in: {
              $anyElementTrue: {
                $map: {
                  input: "$$trip.webhooks",
                  as: "tripped",
                  in: {
                    $and: [
                      { $eq: ["$$tripped.webhookId", literal(error.webhookId)] },
                      { $gte: ["$$tripped.generation", error.generation] },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    ],
  };
}

function counted(error: ErrorToCount, rule: ErrorRule, now: Expression): Expression {
  const entry = {
    id: literal(error.id),
    webhookId: literal(error.webhookId),
    generation: literal(error.generation),
    ...(error.deliveryId !== undefined && { deliveryId: literal(error.deliveryId) }),
    at: now,
  };
  return {
    $cond: [
      "$_isIgnored",
      "$errors",
      { $slice: [{ $concatArrays: ["$errors", [entry]] }, -(rule.errorsMax + 1)] },
    ],
  };
}

/** One entry a webhook with errors, in the order of its first error. */
const countByWebhook: Expression = {
  $reduce: {
    input: "$_counted",
    initialValue: [],
    in: {
      $cond: [
        { $in: ["$$this.webhookId", "$$value.webhookId"] },
        {
          $map: {
            input: "$$value",
            as: "count",
            in: {
              webhookId: "$$count.webhookId",
              errors: {
                $add: [
                  "$$count.errors",
                  { $cond: [{ $eq: ["$$count.webhookId", "$$this.webhookId"] }, 1, 0] },
                ],
              },
            },
          },
        },
        { $concatArrays: ["$$value", [{ webhookId: "$$this.webhookId", errors: 1 }]] },
      ],
    },
  },
};

const contributors: Expression = {
  $map: {
    input: "$_counts",
    as: "count",
    in: { webhookId: "$$count.webhookId", generation: generationOf("$$count.webhookId") },
  },
};

/** Most errors in the window, the latest on a tie. */
const worst: Expression = {
  $let: {
    vars: {
      candidates: {
        $filter: {
          input: "$_counts",
          as: "count",
          cond: { $eq: ["$$count.errors", { $max: "$_counts.errors" }] },
        },
      },
    },
    in: {
      $let: {
        vars: {
          latest: {
            $last: {
              $filter: {
                input: "$_counted",
                as: "each",
                cond: { $in: ["$$each.webhookId", "$$candidates.webhookId"] },
              },
            },
          },
        },
        in: [{ webhookId: "$$latest.webhookId", generation: generationOf("$$latest.webhookId") }],
      },
    },
  },
};

function chooseWebhooks(error: ErrorToCount, { policy, workspaceWebhooks }: TripPolicy): Expression {
  switch (policy) {
    case "worst":
      return worst;
    case "last":
      return [{ webhookId: literal(error.webhookId), generation: generationOf(literal(error.webhookId)) }];
    case "contributors":
      return contributors;
    case "all":
      return {
        $concatArrays: [
          contributors,
          {
            $filter: {
              input: literal(
                workspaceWebhooks.map(({ webhookId, generation }) => ({ webhookId, generation })),
              ),
              as: "other",
              cond: { $not: [{ $in: ["$$other.webhookId", "$_counts.webhookId"] }] },
            },
          },
        ],
      };
  }
}
