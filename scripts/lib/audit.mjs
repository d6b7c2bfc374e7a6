/** What is not let through; what npm calls lower is shown. */
const BLOCKING = new Set(["high", "critical"]);

/**
 * Judges the report of `npm audit --json`.
 *
 * @param report what npm printed, parsed
 * @param {readonly { advisory: string, until: string, why: string }[]} allowed advisories that may stay until a day
 * @param {string} today `2027-01-31`
 * @returns {{ answered: false, reason: string } | { answered: true, blocking: string[], others: number, stale: string[] }}
 *   one line an advisory; `stale`: allowed ones that nothing has any more, or whose day has passed
 */
export function judgeAudit(report, allowed, today) {
  if (report.auditReportVersion === undefined) {
    return { answered: false, reason: String(report.message ?? report.error?.summary ?? "no report") };
  }
  const advisories = collectAdvisories(report.vulnerabilities ?? {});
  const isAllowed = (id) => allowed.some(({ advisory, until }) => advisory === id && until >= today);
  const blocking = [...advisories.values()].filter(
    ({ severity, id }) => BLOCKING.has(severity) && !isAllowed(id),
  );
  return {
    answered: true,
    blocking: blocking.map(
      ({ id, severity, name, title, url }) => `${severity}: ${name}: ${title} (${id}, ${url})`,
    ),
    others: [...advisories.values()].filter(({ severity }) => !BLOCKING.has(severity)).length,
    stale: allowed
      .filter(({ advisory, until }) => !advisories.has(advisory) || until < today)
      .map(({ advisory, until }) => `${advisory} (until ${until})`),
  };
}

/** By id. A package that is only affected through another one names that one instead of an advisory. */
function collectAdvisories(vulnerabilities) {
  const advisories = new Map();
  for (const { via } of Object.values(vulnerabilities)) {
    for (const each of via) {
      if (typeof each === "string") continue;
      const id = /GHSA-[\w-]+/.exec(each.url ?? "")?.[0] ?? String(each.source);
      advisories.set(id, { id, severity: each.severity, name: each.name, title: each.title, url: each.url });
    }
  }
  return advisories;
}
