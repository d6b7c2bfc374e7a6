import { commonConfig, port } from "@hooklane/service";
import { z } from "zod";

export const configSchema = z.object({ ...commonConfig, ROUTER_PORT: port(4402) });

export type Config = z.output<typeof configSchema>;
