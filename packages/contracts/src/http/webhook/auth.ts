import { z } from "zod";

/** A colon would end the user name early (RFC 7617). */
const basicText = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, "must not have control characters");

/** How requests of a webhook prove who they come from (product.md D12). */
export const auth = z.strictObject({
  type: z.literal("basic"),
  username: basicText.min(1).regex(/^[^:]*$/, "must not have a colon"),
  password: basicText.meta({ description: "Never shown again" }),
});
