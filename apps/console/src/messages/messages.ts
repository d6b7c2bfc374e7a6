/** A text in English and in French. Texts with a count have a key for each form: `name_one`, `name_other`. */
export type Message = readonly [en: string, fr: string];

/** The texts of one part of the console, by key. */
export type Messages = Readonly<Record<string, Message>>;
