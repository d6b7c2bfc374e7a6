/**
 * Takes a rule out of the sources. Every patch has to fit exactly once, so that a refactoring which breaks the list of
 * mutations is noticed.
 *
 * @param {Map<string, string>} sources
 * @param {{name: string, patches: readonly {file: string, from: string, to: string}[]}} mutation
 * @returns {Map<string, string>} a copy
 */
export function applyMutation(sources, { name, patches }) {
  const mutated = new Map(sources);
  for (const { file, from, to } of patches) {
    const text = mutated.get(file);
    if (text === undefined) throw new Error(`mutation ${name}: there is no ${file}`);
    // Line breaks and indentation are the formatter's.
    const pattern = new RegExp(from.trim().split(/\s+/).map(escape).join("\\s+"), "g");
    const found = [...text.matchAll(pattern)];
    if (found.length !== 1)
      throw new Error(`mutation ${name}: ${found.length} places in ${file} read ${JSON.stringify(from)}`);
    mutated.set(
      file,
      text.replace(pattern, () => to),
    );
  }
  return mutated;
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
