/**
 * The runs of jest that `npm test -- <args>` consists of, each as its arguments, in order. Whoever selects projects gets
 * just these, in one run.
 *
 * Unit tests are bound by the processor: they run before the stack takes its part of the machine. The others wait most
 * of the time, and share nothing but the stack: every file has topics, groups and a database of its own. Two files at a
 * time keep two cores busy in both, and no more, so that what is timed is not disturbed by what queues for a core.
 */
export function toParts(args) {
  const workers = args.some((arg) => WORKERS.test(arg)) ? [] : ["--maxWorkers=2"];
  const isSelected = args.some((arg) => arg.startsWith("--selectProjects") || arg.startsWith("--config"));
  const parts = isSelected ? [[]] : [["unit"], ["integration", "e2e"]];
  return parts.map((projects) => [
    ...workers,
    ...args,
    ...(projects.length === 0 ? [] : ["--selectProjects", ...projects]),
  ]);
}

/** How many files run at a time is said already. */
const WORKERS = /^(?:-w|-i|--maxWorkers|--runInBand)(?:=|$)/;

/** Unit tests alone need nothing. */
export function needsStack(part) {
  const selected = part.indexOf("--selectProjects");
  if (selected === -1) return true;
  const names = part.slice(selected + 1);
  const end = names.findIndex((name) => name.startsWith("-"));
  return (end === -1 ? names : names.slice(0, end)).some((name) => name !== "unit");
}
