/**
 * Packs what workspaces need at run time, and nothing else, into folders laid out like the repository, which is installed and
 * built. By the lock file, so that it is what npm would install for each of them without what only development needs.
 *
 *   pack.mjs OUT/NAME WORKSPACE [WORKSPACE...]
 */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

/** For compilers, debuggers and readers: half of what is there. */
const NOT_RUN = /\.(?:[cm]?ts|map|tsbuildinfo|md)$/;
const LICENCE = /^(?:licen[cs]e|notice|copying)/i;

/**
 * The entries of the lock file that the workspaces need, themselves among them, as paths from the root.
 *
 * @param {Readonly<Record<string, object>>} packages of package-lock.json
 * @param {(path: string) => boolean} isInstalled what is for other platforms is not
 */
export function listNeeded(packages, workspaces, isInstalled) {
  const needed = new Set();
  const visit = (path) => {
    if (needed.has(path)) return;
    needed.add(path);
    const entry = packages[path];
    if (entry === undefined) throw new Error(`${path} is not in package-lock.json`);
    if (entry.link === true) {
      visit(entry.resolved);
      return;
    }
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = entry;
    for (const name of Object.keys({ ...peerDependencies, ...dependencies, ...optionalDependencies })) {
      const found = resolve(packages, path, name);
      const isOptional =
        name in (optionalDependencies ?? {}) || peerDependenciesMeta[name]?.optional === true;
      if (found !== undefined && isInstalled(found)) visit(found);
      else if (!isOptional) throw new Error(`${path} needs ${name}, which is not installed`);
    }
  };
  for (const workspace of workspaces) visit(workspace);
  return [...needed];
}

/** As Node looks for a module: from where it is asked for, upwards. */
function resolve(packages, from, name) {
  for (let at = from; ; at = dirname(at)) {
    const path = at === "." || at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (path in packages) return path;
    if (at === "." || at === "") return undefined;
  }
}

function pack(out, workspaces) {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  mkdirSync(out, { recursive: true });
  cpSync("package.json", join(out, "package.json"));
  for (const path of listNeeded(packages, workspaces, existsSync)) {
    const to = join(out, path);
    mkdirSync(dirname(to), { recursive: true });
    if (packages[path].link === true) symlinkSync(relative(dirname(path), packages[path].resolved), to);
    else if (path.includes("node_modules/")) copy(path, to, true);
    else for (const part of ["package.json", "dist"]) copy(join(path, part), join(to, part), false);
  }
}

/** @param isPackage what is inside of its node_modules comes by itself, where it is needed */
function copy(from, to, isPackage) {
  const filter = (path) => {
    if (isPackage && path === join(from, "node_modules")) return false;
    return !NOT_RUN.test(path) || LICENCE.test(basename(path));
  };
  cpSync(from, to, { recursive: true, filter });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [out, ...workspaces] = process.argv.slice(2);
  pack(out, workspaces);
}
