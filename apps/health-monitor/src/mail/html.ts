/** Text that is safe inside an HTML element or a quoted attribute. Only the functions of this file make it. */
export type Html = string & { readonly __html: unique symbol };

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character) as Html;
}

/** Markup of ours around escaped parts. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Html[]): Html {
  return String.raw({ raw: strings }, ...parts) as Html;
}

export function joinHtml(parts: readonly Html[]): Html {
  return parts.join("") as Html;
}

/**
 * Puts values in the place of `[[name]]`.
 *
 * @throws RangeError for a name without a value: template and code do not fit
 */
export function fillTemplate(template: string, values: Readonly<Record<string, Html>>): string {
  return template.replace(/\[\[(\w+)\]\]/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`No value for [[${name}]] in the mail's template`);
    return value;
  });
}
