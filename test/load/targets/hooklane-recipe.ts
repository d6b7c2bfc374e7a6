import { LOAD_EVENT_TYPE } from "../event.js";
import type { Recipe } from "./recipe.js";

/** A Hooklane that runs elsewhere: `--target` is its API, `--publish` its ingestor, `--token` its operator key. */
export const hooklaneRecipe: Recipe = {
  name: "hooklane",
  perEndpoint: [
    {
      url: "{target}/v1/workspaces",
      headers: { authorization: "Bearer {token}" },
      body: { name: "Load {n}", contacts: [{ email: "load@example.org", language: "en" }] },
      capture: { key: "apiKey" },
    },
    {
      url: "{target}/v1/webhooks",
      headers: { authorization: "Bearer {key}" },
      body: { name: "Load {n}", url: "{url}", eventTypes: [LOAD_EVENT_TYPE], status: "active" },
    },
  ],
  publish: {
    url: "{publish}/v1/events",
    headers: { authorization: "Bearer {key}" },
    body: "{event}",
  },
};
