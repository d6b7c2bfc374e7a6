/**
 * The runs of jest that `npm test -- <args>` consists of, each as its arguments, in order. Whoever selects projects gets
 * just these, in one run.
 *
 * Unit tests are bound by the processor: they run before the stack takes its part of the machine, two files at a time.
 * The others wait for nearly half of their time: three at a time keep two cores busy. Those that have the same services
 * run together, so that these run for a short time; the rest share nothing but the stack.
 */
export function toParts(args) {
  const isSaid = args.some((arg) => WORKERS.test(arg));
  const isSelected = args.some((arg) => arg.startsWith("--selectProjects") || arg.startsWith("--config"));
  const parts = isSelected ? [[]] : [["unit"], ["shared"], ["integration", "e2e"]];
  return parts.map((projects) => {
    const part = [...args, ...(projects.length === 0 ? [] : ["--selectProjects", ...projects])];
    // In front: behind `--` it would be a path.
    return isSaid ? part : [`--maxWorkers=${needsStack(part) ? 3 : 2}`, ...part];
  });
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
