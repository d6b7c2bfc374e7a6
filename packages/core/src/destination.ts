import ipaddr from "ipaddr.js";

/** Why nothing is sent to an address (product.md O6). */
export type RefusedDestination =
  | "loopback"
  | "private"
  | "link_local"
  | "metadata"
  | "carrier_grade_nat"
  | "multicast"
  | "unspecified"
  | "benchmarking"
  | "reserved"
  /** Not an IP address at all. */
  | "not_an_address";

export type DestinationVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: RefusedDestination };

/** Decides where requests may go. Every URL a user gives is asked about at save and again at connect (O6). */
export interface DestinationPolicy {
  /** An address as the resolver gives it, or in any spelling (decimal, hexadecimal, octal, short). */
  checkAddress(address: string): DestinationVerdict;
  /**
   * A host as it stands in a URL: an address in any spelling, or a name. Names are allowed here, their addresses are
   * checked after resolving; only those that mean this machine by themselves (`localhost`) are refused.
   */
  checkHost(host: string): DestinationVerdict;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

const ALLOWED: DestinationVerdict = { allowed: true };

/**
 * @param allowedRanges CIDR ranges that may be sent to although they are refused by default, `127.0.0.0/8`
 * @throws when one of them is not a CIDR range
 */
export function createDestinationPolicy(allowedRanges: readonly string[] = []): DestinationPolicy {
  const ranges: readonly Range[] = allowedRanges.map((range) => ipaddr.parseCIDR(range));
  const isListed = (address: Address) =>
    ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

  const check = (address: Address): DestinationVerdict => {
    if (isListed(address)) return ALLOWED;
    if (address instanceof ipaddr.IPv4) return verdict(whyNotIpv4(address));
    const embedded = embeddedIpv4(address);
    if (embedded.length === 0) return verdict(whyNotIpv6(address));
    return embedded.map(check).find((inner) => !inner.allowed) ?? ALLOWED;
  };
  const checkAddress = (text: string) => {
    const address = parseAddress(text);
    return address ? check(address) : verdict("not_an_address");
  };
  return {
    checkAddress,
    checkHost: (host) => {
      const bare = host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
      if (parseAddress(bare)) return checkAddress(bare);
      if (!LOCAL_NAME.test(bare)) return ALLOWED;
      return ["127.0.0.1", "::1"].map(checkAddress).find(({ allowed }) => allowed) ?? verdict("loopback");
    },
  };
}

/** RFC 6761 §6.3 and the names Linux distributions put into /etc/hosts. */
const LOCAL_NAME =
  /^(?:(?:.*\.)?localhost|localhost\.localdomain|localhost[46]?\.localdomain[46]?|ip6-(?:localhost|loopback))$/i;

/** Services that hand out credentials of the machine to whoever asks from it; some have public addresses. */
const METADATA = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
].map((text) => ipaddr.parse(text).toNormalizedString());

const verdict = (reason: RefusedDestination | undefined): DestinationVerdict =>
  reason === undefined ? ALLOWED : { allowed: false, reason };

function parseAddress(text: string): Address | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  // A zone (`fe80::1%eth0`) names an interface of ours; it says nothing about where the address belongs.
  if (address instanceof ipaddr.IPv6 && address.zoneId !== undefined)
    return parseAddress(text.replace(/%.*$/, ""));
  return address;
}

function whyNotIpv4(address: ipaddr.IPv4): RefusedDestination | undefined {
  if (METADATA.includes(address.toNormalizedString())) return "metadata";
  if (address.match(ipaddr.IPv4.parse("198.18.0.0"), 15)) return "benchmarking";
  switch (address.range()) {
    case "unicast":
      return undefined;
    case "loopback":
      return "loopback";
    case "private":
      return "private";
    case "linkLocal":
      return "link_local";
    case "carrierGradeNat":
      return "carrier_grade_nat";
    case "multicast":
      return "multicast";
    case "unspecified":
      return "unspecified";
    default:
      return "reserved";
  }
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

function whyNotIpv6(address: ipaddr.IPv6): RefusedDestination | undefined {
  if (METADATA.includes(address.toNormalizedString())) return "metadata";
  // The types of the library lack some of its ranges.
  switch (address.range() as string) {
    case "loopback":
      return "loopback";
    case "uniqueLocal":
    case "deprecatedSiteLocal":
      return "private";
    case "linkLocal":
      return "link_local";
    case "multicast":
      return "multicast";
    case "unspecified":
      return "unspecified";
    case "benchmarking":
      return "benchmarking";
    case "unicast":
      return address.match(GLOBAL_UNICAST) ? undefined : "reserved";
    default:
      return "reserved";
  }
}

const prefix = (text: string) => ipaddr.IPv6.parseCIDR(text);
const UNSPECIFIED_OR_LOOPBACK = prefix("::/127");
/** IPv4 in the last 32 bits: mapped, compatible, translated (RFC 6145), NAT64 (RFC 6052). */
const LAST_32_BITS = ["::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96"].map(prefix);
const SIX_TO_FOUR = prefix("2002::/16");
const TEREDO = prefix("2001::/32");

/** The IPv4 addresses an IPv6 address leads to; empty when it stands for itself. All of them must be allowed. */
function embeddedIpv4(address: ipaddr.IPv6): readonly ipaddr.IPv4[] {
  if (address.match(UNSPECIFIED_OR_LOOPBACK)) return [];
  const bytes = address.toByteArray();
  if (LAST_32_BITS.some((range) => address.match(range))) return [ipv4At(bytes, 12)];
  if (address.match(SIX_TO_FOUR)) return [ipv4At(bytes, 2)];
  // The server, and the client's address with all bits turned.
  if (address.match(TEREDO))
    return [
      ipv4At(bytes, 4),
      ipv4At(
        bytes.map((byte) => byte ^ 0xff),
        12,
      ),
    ];
  return [];
}

const ipv4At = (bytes: readonly number[], start: number): ipaddr.IPv4 =>
  new ipaddr.IPv4(bytes.slice(start, start + 4));
