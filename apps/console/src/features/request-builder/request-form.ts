import type { CheckedForm } from "../../forms/checked-form.js";
import type { RequestValues } from "./request-values.js";

/** What the builder needs of a form, which may ask for more than a request. */
export type RequestForm = Pick<CheckedForm<RequestValues>, "values" | "change" | "errorOf" | "leave">;
