import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const { resolve } = createRequire(import.meta.url);

/** What every component builds on, in Mantine's order. */
const BASE = ["baseline", "default-css-variables", "global"];

/** `@mantine/core/styles.css` holds the styles of all components: a build takes those it shows, each with its component. */
export function mantineStyles(): Plugin {
  return {
    name: "mantine-styles",
    apply: "build",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("/@mantine/core/styles.css")) return null;
      return BASE.map((name) => readFileSync(resolve(`@mantine/core/styles/${name}.css`), "utf8")).join("\n");
    },
    // The module that names a component's classes, which only this component imports, and after those it is made of.
    transform(code, id) {
      const component = /\/@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1];
      return component === undefined ? null : `import "@mantine/core/styles/${component}.css";\n${code}`;
    },
  };
}
