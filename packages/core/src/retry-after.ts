/** Statuses whose `Retry-After` is heeded (product.md D11). */
const STATUSES: ReadonlySet<number> = new Set([429, 503]);

/** Wishes beyond are taken for a mistake, seconds: no quota starts anew less often than once a month. */
const WISH_MAX_S = 31 * 24 * 60 * 60;

/** Whether an answer with this status may ask for a later retry (product.md D11). */
export function heedsRetryAfter(statusCode: number): boolean {
  return STATUSES.has(statusCode);
}

/**
 * How long a receiver asks to wait, milliseconds from the answer's arrival: `Retry-After` is whole seconds or a date
 * (RFC 9110 §10.2.3). A date says when by the receiver's clock, so it is compared with the answer's own `Date`.
 *
 * @param value the header's value
 * @param date the value of the answer's `Date` header
 * @param receivedAt our wall clock, milliseconds since 1970: stands in for a `Date` that is missing or none
 * @returns 0 for a date that has passed; undefined for what is neither form, or absurdly far off
 */
export function parseRetryAfter(
  value: string,
  date: string | undefined,
  receivedAt: number,
): number | undefined {
  const text = value.trim();
  if (/^\d+$/.test(text)) return toWish(Number(text) * 1000);
  const until = parseHttpDate(text, receivedAt);
  if (until === undefined) return undefined;
  const answeredAt = date === undefined ? undefined : parseHttpDate(date.trim(), receivedAt);
  return toWish(until - (answeredAt ?? receivedAt));
}

function toWish(ms: number): number | undefined {
  return ms > WISH_MAX_S * 1000 ? undefined : Math.max(0, ms);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<month>${MONTHS.join("|")})`;
const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;
const DAY_NAME = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_DAY_NAME = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";

/** RFC 9110 §5.6.7: the form in use, and the two obsolete ones a recipient must accept. */
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(String.raw`^${DAY_NAME}, (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(String.raw`^${LONG_DAY_NAME}, (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT$`),
  // Sun Nov  6 08:49:37 1994
  new RegExp(String.raw`^${DAY_NAME} ${MONTH} (?<day>[ \d]\d) ${TIME} (?<year>\d{4})$`),
];

/** Milliseconds since 1970; undefined for what is no date. The day's name is not compared with the date. */
function parseHttpDate(text: string, now: number): number | undefined {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const { year = "", month = "", day, hour, minute, second } = parts;
    const fullYear = year.length === 2 ? toFullYear(Number(year), now) : Number(year);
    return toTime(fullYear, MONTHS.indexOf(month), [day, hour, minute, second].map(Number));
  }
  return undefined;
}

/** A year of two digits that appears to be more than 50 years ahead is the last one in the past that ends so. */
function toFullYear(lastDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + lastDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

function toTime(year: number, month: number, [day = 0, hour = 0, minute = 0, second = 0]: readonly number[]) {
  const isInRange = day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60;
  // Years below 100 are not what they seem to `Date.UTC`, and no wish.
  if (!isInRange || year < 1900) return undefined;
  return Date.UTC(year, month, day, hour, minute, second);
}
