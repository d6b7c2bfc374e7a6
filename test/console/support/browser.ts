import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { LANGUAGES, type Language } from "../../../apps/console/src/messages/languages.js";

/** As root it has no sandbox; the rest keeps it from calling its maker. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What axe reports of a page, as far as it is read. */
interface AxeReport {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** A real Chromium, and the visits made with it. */
export class TestBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** `CHROMIUM_BINARY` is set before the first file (setup.mjs). */
  static async launch(): Promise<TestBrowser> {
    const executablePath = process.env.CHROMIUM_BINARY;
    if (!executablePath)
      throw new Error("CHROMIUM_BINARY names no browser: these files run as jest's project `console`");
    return new TestBrowser(await chromium.launch({ executablePath, args: ARGUMENTS }));
  }

  /** Somebody who has never been there, with a browser in their language. */
  async visit(
    url: string,
    options: { readonly language?: string; readonly width?: number } = {},
  ): Promise<Visit> {
    const { language = "en", width = 1280 } = options;
    const context = await this.#browser.newContext({
      baseURL: url,
      locale: language,
      viewport: { width, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
      // A dialog is there at once, not in steps of which one is too pale to be read.
      reducedMotion: "reduce",
    });
    return new Visit(context, await context.newPage());
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Resolves when no colour is on its way to another; what turns for ever is let be. */
const SETTLED = `Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished.catch(() => undefined)))`;

/** One visitor's tab. What goes wrong in it unseen, goes into {@link faults}. */
export class Visit {
  /** Errors the page did not catch, and what its policy did not let it load. */
  readonly faults: string[] = [];
  readonly #context: BrowserContext;

  constructor(
    context: BrowserContext,
    readonly page: Page,
  ) {
    this.#context = context;
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      // A call that is refused is an answer; what the page makes of it is what tests look at.
      if (message.type() === "error" && !text.startsWith("Failed to load resource")) this.faults.push(text);
    });
  }

  async signIn(apiKey: string): Promise<void> {
    await this.page.goto("/webhooks");
    await this.page.locator("input[type=password]").fill(apiKey);
    await this.page.locator("button[type=submit]").click();
    await this.page.getByRole("navigation").waitFor();
  }

  /** The field of a label, which may say that it is needed. */
  field(label: string): Locator {
    const text = label.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return this.page.getByLabel(new RegExp(`^${text}(?: \\*)?$`));
  }

  /** What axe finds on the page as it is, of what it calls serious or critical. */
  async findBarriers(): Promise<readonly string[]> {
    await this.page.evaluate(SETTLED);
    await this.page.evaluate(axe.source);
    const report = await this.page.evaluate<AxeReport>("axe.run(document, { resultTypes: ['violations'] })");
    return report.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}\n${failureSummary}`),
      );
  }

  /** Whether something stands beside the page, so that it has to be moved sideways to be read. */
  async isWiderThanScreen(): Promise<boolean> {
    return this.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

export { LANGUAGES, type Language };
