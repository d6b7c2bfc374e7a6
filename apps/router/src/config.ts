import { commonConfig, port, secretKeys, tracesConfig } from "@hooklane/service";
import { z } from "zod";

export const configSchema = z.object({
  ...commonConfig,
  ...tracesConfig,
  ROUTER_PORT: port(4402),
  /** Seals what of an event is not to be stored in the clear (docs/adr/0023). */
  HOOKLANE_SECRETS_KEYS: secretKeys,
});

export type Config = z.output<typeof configSchema>;
