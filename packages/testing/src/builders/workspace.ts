import { randomUUID } from "node:crypto";

/** The body of `POST /v1/workspaces`, as far as this version accepts options (api.md §2). */
export interface WorkspaceInput {
  readonly name: string;
  readonly contacts: readonly { readonly email: string; readonly language: "en" | "fr" }[];
  readonly plan?: string;
  readonly presets?: readonly string[];
  readonly disablePolicy?: "worst" | "last" | "contributors" | "all";
  readonly redact?: readonly string[];
  readonly operationalWebhook?: { readonly url: string };
}

/** A workspace with one contact who reads English. */
export function aWorkspace(overrides: Partial<WorkspaceInput> = {}): WorkspaceInput {
  return {
    name: `Workspace ${randomUUID().slice(0, 8)}`,
    contacts: [{ email: "owner@example.org", language: "en" }],
    ...overrides,
  };
}
