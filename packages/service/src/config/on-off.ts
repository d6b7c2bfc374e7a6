import { z } from "zod";

/** A switch: `on`/`off`, `true`/`false`, `1`/`0`. */
export function onOff(defaultValue: boolean, description = "on or off") {
  return z
    .enum(["on", "off", "true", "false", "1", "0"])
    .transform(isOn)
    .default(defaultValue)
    .meta({ description });
}

/** Whether a switch is on, as it was given. */
export function isOn(text: string | undefined): boolean {
  return text === "on" || text === "true" || text === "1";
}
