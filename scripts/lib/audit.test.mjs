import { describe, expect, test } from "@jest/globals";
import { judgeAudit } from "./audit.mjs";

const advisory = (id, severity, name) => ({
  source: 1,
  name,
  title: `${name} is broken`,
  url: `https://github.com/advisories/${id}`,
  severity,
});
const report = {
  auditReportVersion: 2,
  vulnerabilities: {
    low: { via: [advisory("GHSA-aaaa-aaaa-aaaa", "moderate", "low")] },
    worse: { via: [advisory("GHSA-bbbb-bbbb-bbbb", "high", "worse")] },
    worst: { via: [advisory("GHSA-cccc-cccc-cccc", "critical", "worst"), "worse"] },
    user: { via: ["worst"] },
  },
};

describe("an audit of the dependencies", () => {
  test("does not let high and critical advisories through, each told once", () => {
    expect(judgeAudit(report, [], "2027-01-31")).toEqual({
      answered: true,
      blocking: [
        "high: worse: worse is broken (GHSA-bbbb-bbbb-bbbb, https://github.com/advisories/GHSA-bbbb-bbbb-bbbb)",
        "critical: worst: worst is broken (GHSA-cccc-cccc-cccc, https://github.com/advisories/GHSA-cccc-cccc-cccc)",
      ],
      others: 1,
      stale: [],
    });
  });

  test("lets an allowed one through until its day, and tells of entries nothing has any more", () => {
    const allowed = [
      { advisory: "GHSA-bbbb-bbbb-bbbb", until: "2027-01-31", why: "not reached" },
      { advisory: "GHSA-cccc-cccc-cccc", until: "2027-01-30", why: "not reached" },
      { advisory: "GHSA-dddd-dddd-dddd", until: "2027-12-31", why: "mended by now" },
    ];
    expect(judgeAudit(report, allowed, "2027-01-31")).toMatchObject({
      blocking: [expect.stringContaining("GHSA-cccc")],
      stale: ["GHSA-cccc-cccc-cccc (until 2027-01-30)", "GHSA-dddd-dddd-dddd (until 2027-12-31)"],
    });
  });

  test("says when the registry did not answer", () => {
    const refused = { message: "405 Method Not Allowed", error: { summary: "" } };
    expect(judgeAudit(refused, [], "2027-01-31")).toEqual({
      answered: false,
      reason: "405 Method Not Allowed",
    });
  });
});
