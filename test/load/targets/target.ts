import { readFileSync } from "node:fs";
import type { BenchContext } from "../context.js";
import type { PublishLine } from "../publish-line.js";
import { hooklaneRecipe } from "./hooklane-recipe.js";
import { fill, parseRecipe, pick, type Recipe, type RecipeStep, splitAtEvent } from "./recipe.js";
import type { Target } from "./target-options.js";

/** Registers every destination with the target and says how to publish to each. @throws Error the first call refused */
export async function openTarget(
  target: Target,
  { destinations, say }: BenchContext,
): Promise<readonly PublishLine[]> {
  const recipe = loadRecipe(target.adapter);
  say(`registering ${destinations.addresses.length} endpoints with ${recipe.name} at ${target.url}`);
  const lines: PublishLine[] = [];
  for (let n = 0; n < destinations.addresses.length; n++) {
    lines.push(await openLine(recipe, target, n, destinations.url(n)));
  }
  return lines;
}

function loadRecipe(adapter: string): Recipe {
  return adapter === hooklaneRecipe.name ? hooklaneRecipe : parseRecipe(readFileSync(adapter, "utf8"));
}

async function openLine(recipe: Recipe, target: Target, n: number, url: string): Promise<PublishLine> {
  const names: Record<string, string> = {
    target: target.url,
    publish: target.publishUrl,
    token: target.token,
    n: String(n),
    url,
  };
  for (const step of recipe.perEndpoint) {
    const answer = await call(fill(step, names));
    for (const [name, path] of Object.entries(step.capture ?? {})) names[name] = pick(answer, path);
  }
  const publish = fill(recipe.publish, names);
  const [beforeEvent, afterEvent] = splitAtEvent(publish.body);
  const headers = { "content-type": "application/json", ...publish.headers };
  return { url: publish.url, headers, beforeEvent, afterEvent };
}

async function call(step: RecipeStep): Promise<unknown> {
  const method = step.method ?? "POST";
  const answer = await fetch(step.url, {
    method,
    headers: { "content-type": "application/json", ...step.headers },
    body: JSON.stringify(step.body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${step.url} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text === "" ? undefined : JSON.parse(text);
}
