import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const PURE = ["packages/core/src/**/*.ts", "packages/lanes/src/**/*.ts"];

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", ".hooklane/", ".turbo/", "coverage/", "**/*.generated.ts"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // Naming a field is how it is left out of the rest; a leading underscore says that a parameter has to be there.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Use named exports (style.md §11)." },
      ],
    },
  },
  {
    // The pure packages decide, services act: no I/O, clock, randomness or environment (style.md §12).
    files: PURE,
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["node:*"], message: "This package is pure." }] },
      ],
      "no-restricted-globals": [
        "error",
        ...[
          "process",
          "setTimeout",
          "setInterval",
          "setImmediate",
          "queueMicrotask",
          "performance",
          "crypto",
          "fetch",
          "console",
          "Buffer",
          "require",
        ].map((name) => ({ name, message: "This package is pure: the caller gives time, chance and I/O." })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "The caller gives the time." },
        { object: "Math", property: "random", message: "The caller gives the chance." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The caller gives the time.",
        },
        { selector: "ExportDefaultDeclaration", message: "Use named exports (style.md §11)." },
      ],
    },
  },
  {
    files: ["apps/console/**/*.tsx"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // Vite reads the default export of its configuration.
    files: ["apps/console/vite.config.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["packages/store/src/**/*.ts"],
    rules: {
      // mongoose declares the options of its schemas as classes; they are given as literals.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    files: ["**/*.test.ts", "test/**/*.ts"],
    rules: {
      // A test may reach into an answer it just asserted on.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
