import ipaddr from "ipaddr.js";
import { z } from "zod";

/**
 * `HOOKLANE_DESTINATION_ALLOW`: address ranges that may be sent to although they are private, loopback or link-local
 * (product.md O6). Read as canonical CIDR strings (`"127.0.0.0/8"`), empty when not set.
 */
export const destinationAllow = z
  .string()
  .default("")
  .transform((text, context): readonly string[] => {
    const ranges: string[] = [];
    for (const part of splitList(text)) {
      const range = toCidr(part);
      if (range === undefined)
        context.addIssue({ code: "custom", message: `${JSON.stringify(part)} is not a CIDR range` });
      else ranges.push(range);
    }
    return ranges;
  })
  .meta({ description: "CIDR ranges separated by commas, such as 127.0.0.0/8,::1/128" });

/** Splits a list at commas, trims, drops empty parts. */
export function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The canonical form of a range, host bits cleared; undefined when it is none. A bare address is not a range. */
function toCidr(text: string): string | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  // ipaddr.js reads "10/8" as 0.0.0.10/8, as C's inet_aton does; nobody means that.
  if (!text.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(text.split("/")[0] ?? "")) return undefined;
  const [address, prefixLength] = ipaddr.parseCIDR(text);
  const network =
    address.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  return `${network.toString()}/${prefixLength}`;
}
