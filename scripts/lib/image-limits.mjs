import { UserError } from "./user-error.mjs";

/** What an image may take, bytes. */
const SIZE_MAX = 200_000_000;

/** Our images, by the names they have in a registry. */
const IMAGES = [
  "subscription-api",
  "event-ingestor",
  "router",
  "dispatcher",
  "health-monitor",
  "prepare",
  "demo",
];

/**
 * Holds our images against what is promised of them: small, and run by a user without rights.
 *
 * @returns lines to show
 * @throws UserError that names all that do not hold
 */
export async function checkImages(docker, version) {
  const found = [];
  for (const name of IMAGES) {
    const format = "{{.Size}} {{.Config.User}}";
    const output = await docker.run("image", "inspect", "--format", format, `hooklane/${name}:${version}`);
    const [size, user] = output.split(" ");
    found.push({ name, size: Number(size), user });
  }
  const faults = found.flatMap(faultsOf);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  return found.map(({ name, size }) => `${name} ${toMegabytes(size)} MB`);
}

/** What is wrong with an image, in words. */
export function faultsOf({ name, size, user }) {
  return [
    ...(size > SIZE_MAX ? [`image ${name} has ${toMegabytes(size)} MB; 200 MB is the most`] : []),
    // By number: Kubernetes does not look into the list of users to see that it is not root.
    ...(/^[1-9]\d*(:|$)/.test(user) ? [] : [`image ${name} runs as ${JSON.stringify(user)}`]),
  ];
}

const toMegabytes = (bytes) => Math.round(bytes / 1e6);
