/**
 * How another HTTP webhook sender is made ready and published to, as data: the adapter of a target. Texts may hold
 * `{target}`, `{publish}`, `{token}`, `{n}` (number of the endpoint), `{url}` (its destination) and every name captured
 * by an earlier step; in the publish body `"{event}"` as a whole value is replaced by the event's JSON object.
 */
export interface Recipe {
  readonly name: string;
  /** Calls made once for each endpoint, in order, before anything is measured. */
  readonly perEndpoint: readonly RecipeStep[];
  /** The call that publishes one event; any 2xx is "accepted". */
  readonly publish: RecipeCall;
}

interface RecipeCall {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
}

export interface RecipeStep extends RecipeCall {
  readonly method?: "POST" | "PUT" | "PATCH";
  /** Names for later use, each with the path of its value in the JSON answer, such as `data.id`. */
  readonly capture?: Readonly<Record<string, string>>;
}

/** @throws Error saying what the recipe lacks */
export function parseRecipe(json: string): Recipe {
  const recipe = JSON.parse(json) as Partial<Recipe>;
  if (typeof recipe.name !== "string") throw new Error("The recipe has no name");
  if (!Array.isArray(recipe.perEndpoint)) throw new Error("The recipe has no list perEndpoint");
  const calls = [...(recipe.perEndpoint as readonly Partial<RecipeStep>[]), recipe.publish];
  if (calls.some((call) => typeof call?.url !== "string")) throw new Error("A call of the recipe has no url");
  if (!JSON.stringify(recipe.publish?.body ?? null).includes(EVENT)) {
    throw new Error(`The publish body of the recipe has no ${EVENT}`);
  }
  return recipe as Recipe;
}

const EVENT = '"{event}"';

/** Replaces every `{name}` that is known, in texts at any depth. */
export function fill<T>(value: T, names: Readonly<Record<string, string>>): T {
  if (typeof value === "string") {
    return value.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole) as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, names)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill<unknown>(item, names)]),
  ) as T;
}

/** The value at a path such as `data.id`, as text. @throws Error when there is none */
export function pick(answer: unknown, path: string): string {
  const value = path
    .split(".")
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], answer);
  if (typeof value !== "string" && typeof value !== "number") throw new Error(`The answer has no ${path}`);
  return String(value);
}

/** The two halves of the publish body around the event. */
export function splitAtEvent(body: unknown): readonly [before: string, after: string] {
  const text = JSON.stringify(body);
  const at = text.indexOf(EVENT);
  if (at === -1) throw new Error(`No ${EVENT} in the publish body`);
  return [text.slice(0, at), text.slice(at + EVENT.length)];
}
