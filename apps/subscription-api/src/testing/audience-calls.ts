import type { TestAnswer, TestWorkspace } from "./test-api.js";

type Headers = Readonly<Record<string, string>>;

/** An audience of a test's own, and calls below its path. */
export class AudienceCalls {
  private constructor(
    readonly workspace: TestWorkspace,
    readonly id: string,
  ) {}

  static async make(workspace: TestWorkspace): Promise<AudienceCalls> {
    const made = await workspace.call("POST", "/v1/audiences", { body: { name: "Newsletter" } });
    if (made.status !== 201) throw new Error(made.text);
    return new AudienceCalls(workspace, made.body.id);
  }

  get path(): string {
    return `/v1/audiences/${this.id}`;
  }

  get(suffix = ""): Promise<TestAnswer> {
    return this.workspace.call("GET", `${this.path}${suffix}`);
  }

  post(suffix: string, body: object, headers: Headers = {}): Promise<TestAnswer> {
    return this.workspace.call("POST", `${this.path}${suffix}`, { body, headers });
  }

  patch(suffix: string, body: object, headers: Headers = {}): Promise<TestAnswer> {
    return this.workspace.call("PATCH", `${this.path}${suffix}`, { body, headers });
  }

  delete(suffix = "", headers: Headers = {}): Promise<TestAnswer> {
    return this.workspace.call("DELETE", `${this.path}${suffix}`, { headers });
  }

  /** @returns its id */
  async addContact(body: object): Promise<string> {
    const made = await this.post("/contacts", body);
    if (made.status !== 201) throw new Error(made.text);
    return made.body.id;
  }
}

/** Status, and each fault of a field as path and code. */
export const faultsOf = ({ status, body }: TestAnswer) => [
  status,
  ...body.errors.map((error) => `${error.path} ${error.code}`),
];

/** Status and code of a problem. */
export const refusalOf = ({ status, body }: TestAnswer) => [status, body.code];

/** Of a list of contacts. */
export const emailsOf = ({ body }: TestAnswer) =>
  body.data.map((contact) => (contact as unknown as { readonly email: string }).email);
