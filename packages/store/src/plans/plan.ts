import { type Language, type Plan, WEBHOOK_KINDS, WEBHOOK_ACCESSES } from "@hooklane/core";
import { Schema } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** A plan the operator installed or made (product.md W9). The self-hosted plan is built in and never stored. */
export interface PlanDocument extends Omit<Plan, "id"> {
  readonly _id: string;
  /** When a workspace last got it. Written so that this and a deletion at the same moment exclude each other. */
  readonly assignedAt?: Date;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const PLANS = "plans";

export const planIndexes: CollectionIndexes = {
  collection: PLANS,
  indexes: [{ name: "family_rank", key: { family: 1, rank: 1, _id: 1 } }],
};

const part = { ...modelOptions, _id: false } as const;

const access = { type: String, enum: WEBHOOK_ACCESSES } as const;

export const planSchema = new Schema<PlanDocument>(
  {
    _id: { type: String, required: true },
    family: { type: String, required: true },
    rank: { type: Number, required: true },
    name: {
      type: new Schema<Record<Language, string>>(
        { en: { type: String, required: true }, fr: { type: String, required: true } },
        part,
      ),
      required: true,
    },
    webhooks: {
      type: new Schema(
        {
          access: { ...access, required: true },
          perKind: {
            type: new Schema(Object.fromEntries(WEBHOOK_KINDS.map((kind) => [kind, access])), part),
          },
        },
        part,
      ),
      required: true,
    },
    events: { type: new Schema({ locked: { type: [String], required: true } }, part), required: true },
    upgradeUrl: { type: String },
    assignedAt: { type: Date },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  modelOptions,
);

/** The plan as the rules take it. */
export function toPlan({ _id, family, rank, name, webhooks, events, upgradeUrl }: PlanDocument): Plan {
  return { id: _id, family, rank, name, webhooks, events, ...(upgradeUrl !== undefined && { upgradeUrl }) };
}
