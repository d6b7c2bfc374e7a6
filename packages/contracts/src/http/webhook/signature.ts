import { SECRET_OVERLAP_HOURS, SIGNATURE_SCHEMES } from "@hooklane/core";
import { z } from "zod";
import { time } from "../lists.js";

/** How requests are signed (product.md D10, Standard Webhooks). */
export const signatureScheme = z.enum(SIGNATURE_SCHEMES).meta({
  description: `How requests are signed (Standard Webhooks): \`v1\` with a secret both sides have, or \`v1a\` with a private key that never leaves Hooklane. Changing it makes a new secret; the one before signs too for ${SECRET_OVERLAP_HOURS.byDefault} hours`,
});

/** What receivers verify `v1a` with. */
export const publicKeys = z
  .array(
    z.strictObject({
      key: z.string().meta({ description: "`whpk_…`" }),
      expiresAt: time.optional().meta({ description: "Until then it signs too. Absent: the current one" }),
    }),
  )
  .meta({ description: "Of scheme `ed25519`: the keys that sign now, newest first" });

/** A secret in the answer to the call that made it. */
export const newSecret = z.string().optional().meta({
  description:
    "`whsec_…` to verify signatures with, shown this once. Only of scheme `hmac-sha256`, and only when it was made by this call",
});
