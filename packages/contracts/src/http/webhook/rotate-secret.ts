import { LIVE_SECRETS_MAX, SECRET_OVERLAP_HOURS } from "@hooklane/core";
import { z } from "zod";

const { min, max, byDefault } = SECRET_OVERLAP_HOURS;

/** `POST /v1/webhooks/{id}/rotate-secret` */
export const rotateSecret = z
  .strictObject({
    overlapHours: z
      .number()
      .min(min)
      .max(max)
      .default(byDefault)
      .meta({
        description: `For so long the secret before signs too. 0: every older secret ends at once. At most ${LIVE_SECRETS_MAX} sign at a time`,
      }),
  })
  .meta({ id: "RotateSecret" });
