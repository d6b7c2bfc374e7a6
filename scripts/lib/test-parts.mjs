/**
 * The runs of jest that `npm test -- <args>` consists of, each as its arguments, in order. Whoever selects projects gets
 * just these, in one run.
 *
 * Unit tests are bound by the processor: they run before the stack takes its part of the machine, two files at a time.
 * The others wait for nearly half of their time: three at a time keep two cores busy. Those with whole services run
 * together, as services take from the others even where they are kept for a file to come.
 *
 * In containers (`TEST_STACK=external`): the tests of the whole system, and what only containers can show.
 */
export function toParts(args, stackKind = "local") {
  const isSaid = args.some((arg) => WORKERS.test(arg));
  const isSelected = args.some((arg) => arg.startsWith("--selectProjects") || arg.startsWith("--config"));
  const all =
    stackKind === "external"
      ? [["shared"], ["e2e"], ["containers"]]
      : [["unit"], ["shared", "console", "e2e"], ["integration"]];
  const parts = isSelected ? [[]] : all;
  return parts.map((projects) => {
    const part = [...args, ...(projects.length === 0 ? [] : ["--selectProjects", ...projects])];
    // In front: behind `--` it would be a path.
    return isSaid ? part : [`--maxWorkers=${countWorkers(part, projects)}`, ...part];
  });
}

function countWorkers(part, projects) {
  // Those kill what the others use.
  if (projects.includes("containers")) return 1;
  return needsStack(part) ? 3 : 2;
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
