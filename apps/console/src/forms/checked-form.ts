import { type FieldError, HooklaneError } from "@hooklane/client";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { markReachable, noteFailure } from "../api/reachability.js";

/** A form whose values are checked as the API checks them. */
export interface CheckedForm<Values> {
  readonly values: Values;
  readonly change: (patch: Partial<Values>) => void;
  /** Whether something was typed that is not saved. */
  readonly isChanged: boolean;
  /** What is wrong with a field, in words, once somebody has left it or tried to save; of it and what it consists of. */
  readonly errorOf: (path: string) => string | undefined;
  readonly leave: (path: string) => void;
  /** What is wrong with no field of the form, or has nothing to do with its fields. */
  readonly failure: unknown;
  readonly isSaving: boolean;
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

interface CheckedFormOptions<Values> {
  readonly initial: Values;
  /** What the API would say of the values, with paths of the body they make. */
  readonly check: (values: Values) => readonly FieldError[];
  readonly save: (values: Values) => Promise<void>;
}

interface Refused<Values> {
  readonly values: Values;
  readonly error: unknown;
}

/**
 * Checks with each key, and shows it where somebody is done: a field that was left, or all of them once saving was tried.
 * What the API refuses beyond that stands at its field until something is changed; what was typed stays in any case.
 */
export function useCheckedForm<Values extends object>({
  initial,
  check,
  save,
}: CheckedFormOptions<Values>): CheckedForm<Values> {
  const { t } = useTranslation("fields");
  const [start] = useState(initial);
  const [values, setValues] = useState(start);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [hasTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Refused<Values>>();

  const wrong = check(values);
  const isRefusedStill = refused?.values === values;
  const told = isRefusedStill && refused.error instanceof HooklaneError ? refused.error.errors : [];
  const find = (path: string): FieldError | undefined =>
    [...wrong, ...told].find((error) => error.path === path || error.path.startsWith(`${path}.`));

  const submit = async (form: HTMLFormElement): Promise<void> => {
    setTried(true);
    if (wrong.length > 0) {
      focusFirstError(form);
      return;
    }
    setSaving(true);
    setRefused(undefined);
    try {
      await save(values);
      markReachable();
    } catch (error) {
      noteFailure(error);
      setRefused({ values, error });
      focusFirstError(form);
    } finally {
      setSaving(false);
    }
  };

  return {
    values,
    change: (patch) => setValues({ ...values, ...patch }),
    isChanged: values !== start,
    errorOf: (path) => {
      if (!hasTried && !left.has(path)) return undefined;
      const error = find(path);
      return error && t(error.code, { message: error.message });
    },
    leave: (path) => setLeft(new Set(left).add(path)),
    failure: isRefusedStill && told.length === 0 ? refused.error : undefined,
    isSaving,
    onSubmit: (event) => {
      event.preventDefault();
      void submit(event.currentTarget);
    },
  };
}

/** Once it is shown: whoever does not see it is led to it all the same. */
function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
