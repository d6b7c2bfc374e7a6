import type { M1Result } from "../scenarios/m1.js";
import { type M2Result, toIngestAndRouting } from "../scenarios/m2.js";
import type { M3Result } from "../scenarios/m3.js";
import type { M4Result } from "../scenarios/m4.js";
import type { M5Result } from "../scenarios/m5.js";
import type { M6Result } from "../scenarios/m6.js";
import { compareP99, reportSteps } from "./slow-endpoints.js";
import { describeVerdict, distributionRow, fixed, toTable, verdictOf, whole } from "./text.js";

const TARGETS = {
  listP95Ms: 50,
  manyToFew: 1.1,
  lastOfFanOutMs: 1_000,
  runningLineMs: 1_000,
  importSeconds: 60,
} as const;

const DISTRIBUTION = ["min", "p50", "p95", "p99", "max"] as const;

export function reportM1(result: M1Result): string {
  const { events, deliveries, filledSeconds, storedMib, asked, pssMib } = result;
  const slowest = asked.reduce((one, other) => (other.ms.p95 > one.ms.p95 ? other : one));
  return [
    toTable([
      [`M1, ${whole(deliveries)} deliveries, ms`, ...DISTRIBUTION, "elements", "API µs", "MongoDB µs"],
      ...asked.map(({ name, ms, elements, cpuUs }) => [
        name,
        ...DISTRIBUTION.map((key) => ms[key].toFixed(1)),
        fixed(elements),
        whole(cpuUs["subscription-api"] ?? Number.NaN),
        whole(cpuUs.mongodb ?? Number.NaN),
      ]),
    ]),
    `filled with ${whole(events)} events in ${whole(filledSeconds)} s; data ${whole(storedMib.data)} MiB, indexes ${whole(storedMib.indexes)} MiB`,
    Object.entries(pssMib)
      .map(([name, mib]) => `${name} ${whole(mib)} MiB`)
      .join(", "),
    `slowest p95 ${slowest.ms.p95.toFixed(1)} ms (${slowest.name}): ${verdictOf(slowest.ms.p95 <= TARGETS.listP95Ms)} ≤ ${TARGETS.listP95Ms}`,
  ].join("\n");
}

export function reportM2({ events, rounds, manyToFew }: M2Result): string {
  const names = ["event-ingestor", "router", "mongodb", "kafka"].filter(
    (name) => rounds[0]?.cpuUs[name] !== undefined,
  );
  return [
    toTable([
      [
        `M2, ${whole(events)} events`,
        ...names.map((name) => `${name} µs`),
        "ingest and routing µs",
        "ingestor MiB",
        "router MiB",
      ],
      ...rounds.map((round) => [
        `${whole(round.webhooks)} webhooks`,
        ...names.map((name) => fixed(round.cpuUs[name] ?? Number.NaN)),
        fixed(toIngestAndRouting(round)),
        whole(round.pssMib["event-ingestor"] ?? Number.NaN),
        whole(round.pssMib.router ?? Number.NaN),
      ]),
    ]),
    `many / few ${manyToFew.toFixed(2)}: ${verdictOf(manyToFew <= TARGETS.manyToFew)} ≤ ${TARGETS.manyToFew.toFixed(2)}`,
  ].join("\n");
}

export function reportM3(result: M3Result): string {
  const { webhooks, acceptedToFirstMs, acceptedToLastMs, cpuUs, systemCpuUs, verdict } = result;
  const parts = Object.entries(cpuUs).map(([name, us]) => `${name} ${whole(us)}`);
  return [
    toTable([
      [`M3, one event to ${whole(webhooks)} webhooks, ms`, "events", ...DISTRIBUTION],
      distributionRow("accepted → first request", acceptedToFirstMs),
      distributionRow("accepted → last request", acceptedToLastMs),
    ]),
    `CPU µs a delivery ${whole(systemCpuUs)}: ${parts.join(", ")}`,
    describeVerdict(verdict),
    `last request, p95 ${whole(acceptedToLastMs.p95)} ms: ${verdictOf(acceptedToLastMs.p95 <= TARGETS.lastOfFanOutMs)} ≤ ${whole(TARGETS.lastOfFanOutMs)}`,
  ].join("\n");
}

export function reportM4({ nextEvent, runningLine }: M4Result): string {
  const lateMs = Math.max(runningLine.answerToFirstNewMs.max, runningLine.answerToLastOldMs.max);
  return [
    toTable([
      ["M4, an event after each change, ms", "number", ...DISTRIBUTION],
      distributionRow("the change", nextEvent.changeMs),
      distributionRow("event accepted → request, nothing changed", nextEvent.unchangedMs),
      distributionRow("event accepted → request, after a change", nextEvent.changedMs),
    ]),
    toTable([
      [`M4, the line runs (${whole(runningLine.requestsPerSecond)}/s), ms`, "number", ...DISTRIBUTION],
      distributionRow("the change", runningLine.changeMs),
      distributionRow("answer → first request at the new address", runningLine.answerToFirstNewMs),
      distributionRow("answer → last request at the old address", runningLine.answerToLastOldMs),
    ]),
    describeVerdict(runningLine.verdict),
    `events that met the webhook as it was before: ${nextEvent.metTheOld} of ${nextEvent.changes}: ${verdictOf(nextEvent.metTheOld === 0)} 0`,
    `running line ${whole(lateMs)} ms at most: ${verdictOf(lateMs <= TARGETS.runningLineMs)} ≤ ${whole(TARGETS.runningLineMs)}`,
  ].join("\n");
}

export function reportM5({ contacts, rounds }: M5Result): string {
  const names = Object.keys(rounds[0]?.cpuUs ?? {});
  const slowest = Math.max(...rounds.map(({ uploadSeconds, writeSeconds }) => uploadSeconds + writeSeconds));
  return [
    toTable([
      [
        `M5, ${whole(contacts)} contacts`,
        "MB",
        "upload s",
        "written s",
        "CPU µs",
        ...names.map((name) => `${name} µs`),
      ],
      ...rounds.map((round) => [
        round.outcome,
        fixed(round.megabytes),
        fixed(round.uploadSeconds),
        fixed(round.writeSeconds),
        whole(round.systemCpuUs),
        ...names.map((name) => whole(round.cpuUs[name] ?? Number.NaN)),
      ]),
    ]),
    ...rounds.map(({ outcome, pssMib }) => {
      const parts = Object.entries(pssMib).map(([name, mib]) => `${name} ${whole(mib)} MiB`);
      return `${outcome}: ${parts.join(", ")}`;
    }),
    `from the start of the upload until the job is done, ${fixed(slowest)} s at most: ${verdictOf(slowest <= TARGETS.importSeconds)} ≤ ${TARGETS.importSeconds}`,
  ].join("\n");
}

export function reportM6(result: M6Result): string {
  const { contacts, perSecondMax, importSeconds, counts, verdict, requests, others, neighbours } = result;
  const { before, during, contactUs, system } = result.cpu;
  const isExact =
    verdict.delivered === contacts &&
    requests === contacts &&
    counts.sent === contacts &&
    counts.contacts === contacts;
  return [
    toTable([
      [`M6, a touchpoint for ${whole(contacts)} contacts`, ""],
      ["contacts a second at most", perSecondMax === undefined ? "default" : whole(perSecondMax)],
      ["imported in, s", fixed(importSeconds)],
      ["due → first request, ms", whole(result.dueToFirstMs)],
      ["due → last request, s", fixed(result.dueToLastSeconds)],
      ["due → completed, s", fixed(result.dueToCompletedSeconds)],
      ["contacts/s", fixed(result.contactsPerSecond)],
    ]),
    toTable([
      ["CPU", "whole system", ...Object.keys(contactUs)],
      ["before, ms a second", whole(system.before), ...Object.values(before).map(whole)],
      ["during, ms a second", whole(system.during), ...Object.values(during).map(whole)],
      ["the difference, µs a contact", whole(system.contactUs), ...Object.values(contactUs).map(whole)],
    ]),
    reportSteps(`the others' ${result.othersPerSecond}/s, ms`, others),
    ...compareP99(others),
    reportSteps("of them, those on the touchpoint's partition, ms", neighbours),
    ...compareP99(neighbours),
    `the others: ${describeVerdict(result.othersVerdict)}`,
    `contacts: ${describeVerdict(verdict)}; requests ${requests}; counts ${JSON.stringify(counts)}`,
    `each contact once, sent ${whole(counts.sent)}: ${verdictOf(isExact)} ${whole(contacts)}`,
  ].join("\n");
}
