import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import { type TestWorkspace } from "@hooklane/testing";
import { useSharedServices } from "../../e2e/support/suite.js";
import { type Language, TestBrowser, type Visit } from "./browser.js";
import { type Say, sayIn } from "./say.js";

/** Somebody in front of the console, signed in to a workspace of their own. */
export interface Seat {
  readonly visit: Visit;
  readonly page: Visit["page"];
  readonly say: Say;
  readonly workspace: TestWorkspace;
}

/** Services all files share, and a browser of this file's own. */
export function useConsole() {
  const suite = useSharedServices();
  const visits: Visit[] = [];
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await TestBrowser.launch();
  });
  afterEach(async () => {
    const left = visits.splice(0);
    await Promise.all(left.map((visit) => visit.close()));
    expect(left.flatMap(({ faults }) => faults)).toEqual([]);
  });
  afterAll(() => browser.close());

  return {
    check: suite.check,
    get services() {
      return suite.services;
    },
    get receiver() {
      return suite.receiver;
    },
    /** A visitor who is signed in to nothing. */
    async visit(language: Language = "en", width?: number): Promise<Visit> {
      const visit = await browser.visit(suite.services.service("subscription-api").url, {
        language,
        ...(width !== undefined && { width }),
      });
      visits.push(visit);
      return visit;
    },
    /** A visitor who is signed in to a new workspace. */
    async takeSeat(
      language: Language = "en",
      options: { readonly plan?: string; readonly width?: number } = {},
    ): Promise<Seat> {
      const { width, ...made } = options;
      const workspace = await suite.services.createWorkspace(made);
      const visit = await this.visit(language, width);
      await visit.signIn(workspace.apiKey);
      return { visit, page: visit.page, say: sayIn(language), workspace };
    },
  };
}
