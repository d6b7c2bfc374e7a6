import { WEBHOOK_AUTH_TYPES } from "@hooklane/core";
import { z } from "zod";
import { destinationUrl } from "../checked-url.js";

/** A colon would end the user name early (RFC 7617). */
const basicText = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, "must not have control characters");

export const username = basicText.min(1).regex(/^[^:]*$/, "must not have a colon");
export const password = basicText.meta({ description: "Never shown again" });

/** It stands in a header: wider than RFC 6750 has it, as receivers invent tokens of their own. */
const token = z
  .string()
  .min(1)
  .max(4_096)
  .regex(/^[\x21-\x7e]+$/, "must be visible ASCII characters without spaces")
  .meta({ description: "Sent as `Authorization: Bearer …`. Never shown again" });

/** RFC 6749 appendix A.1 and A.2. */
const visible = /^[\x20-\x7e]*$/;
const VISIBLE_ONLY = "must be visible ASCII characters and spaces";
const clientId = z.string().min(1).max(500).regex(visible, VISIBLE_ONLY);
const clientSecret = z
  .string()
  .min(1)
  .max(2_000)
  .regex(visible, VISIBLE_ONLY)
  .meta({ description: "Never shown again" });

/** RFC 6749 §3.3. */
const scope = z
  .string()
  .min(1)
  .max(1_000)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
    "must be scopes with single spaces between",
  )
  .meta({ description: "Space-separated", example: "events:write" });
const audience = z.string().min(1).max(1_000).regex(visible, VISIBLE_ONLY).meta({
  description: "Whom the token is for, where the authorization server asks for it",
});

const oauth2 = {
  tokenUrl: destinationUrl.meta({
    description: "The token endpoint; addresses are checked as a webhook's own",
  }),
  clientId,
  clientSecret,
  scope,
  audience,
};

/** How requests of a webhook prove who they come from (product.md D12). */
export const auth = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("basic"), username, password }),
    z.strictObject({ type: z.literal("bearer"), token }),
    z.strictObject({
      ...oauth2,
      type: z.literal("oauth2"),
      scope: scope.optional(),
      audience: audience.optional(),
    }),
  ])
  .meta({
    description:
      "HTTP Basic, a bearer token, or OAuth2 client credentials: the token is fetched with HTTP Basic, kept until it expires, and fetched anew after a 401",
  });

/** Part of a merge patch, for the documentation. */
export const patchAuth = z
  .strictObject({
    type: z.enum(WEBHOOK_AUTH_TYPES).optional(),
    username: username.optional(),
    password: password.optional(),
    token: token.optional(),
    tokenUrl: oauth2.tokenUrl.optional(),
    clientId: clientId.optional(),
    clientSecret: clientSecret.optional(),
    scope: scope.nullable().optional(),
    audience: audience.nullable().optional(),
  })
  .meta({
    description:
      "Another `type` replaces `auth` as a whole; with the same one, what is left out stays, secrets too",
  });

/** What of it is shown. */
export const shownAuth = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("basic"), username: z.string() }),
  z.strictObject({ type: z.literal("bearer") }),
  z.strictObject({
    type: z.literal("oauth2"),
    tokenUrl: z.string(),
    clientId: z.string(),
    scope: z.string().optional(),
    audience: z.string().optional(),
  }),
]);
export type ShownAuth = z.input<typeof shownAuth>;
