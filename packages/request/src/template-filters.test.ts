import { describe, expect, test } from "@jest/globals";
import { text } from "./testing/render-template.js";

describe("filters", () => {
  const data = {
    t: "Hé llo",
    l: [
      { n: 3, s: "b" },
      { n: 1, s: "C" },
      { n: 2, s: "a" },
    ],
    m: [1, null, 2, 1],
    z: "",
  };
  test.each([
    ["{{ data.t | upcase }}|{{ data.t | downcase }}|{{ data.t | capitalize }}", "HÉ LLO|hé llo|Hé llo"],
    ["{{ data.t | append: '!' | prepend: '¡' }}", "¡Hé llo!"],
    ["{{ ' a ' | strip }}|{{ ' a ' | lstrip }}|{{ ' a ' | rstrip }}", "a|a | a"],
    ["{{ 'a.b.c' | replace: '.', '$&' }}|{{ 'a.b' | replace_first: '.', '$&' }}", "a$&b$&c|a$&b"],
    ["{{ 'a.b.c' | remove: '.' }}|{{ 'a.b.c' | remove_first: '.' }}", "abc|ab.c"],
    ["{{ 'a,b' | split: ',' | reverse | join: '-' }}", "b-a"],
    ["{{ data.t | size }}|{{ data.l | size }}|{{ data.l.size }}", "6|3|3"],
    ["{{ data.t | truncate: 5 }}|{{ 'a b c' | truncatewords: 2 }}", "Hé...|a b..."],
    [
      "{{ data.t | slice: 1, 3 }}|{{ data.t | slice: -2, 2 }}|{{ data.m | slice: 2, 2 | json }}",
      "é l|lo|[2,1]",
    ],
    [
      "{{ data.t | url_encode }}|{{ data.t | base64_encode }}|{{ '<a&b>' | escape }}",
      "H%C3%A9+llo|SMOpIGxsbw==|&lt;a&amp;b&gt;",
    ],
    ["{{ data.l | map: 's' | sort | join }}|{{ data.l | map: 's' | sort_natural | join }}", "C a b|a b C"],
    ["{{ data.l | sort: 'n' | map: 'n' | join: '' }}|{{ data.l | sum: 'n' }}", "123|6"],
    ["{{ data.l | where: 's', 'C' | map: 'n' | first }}|{{ data.l | last | json }}", '1|{"n":2,"s":"a"}'],
    ["{{ data.m | compact | uniq | json }}|{{ data.m | concat: data.m | size }}", "[1,2]|8"],
    ["{{ 7 | plus: 1 | minus: 2 | times: 3 | divided_by: 4 }}|{{ 7 | modulo: 3 }}", "4.5|1"],
    [
      "{{ -1.5 | abs }}|{{ 1.2 | ceil }}|{{ 1.8 | floor }}|{{ 1.256 | round: 2 }}|{{ 1 | at_least: 2 }}|{{ 3 | at_most: 2 }}",
      "1.5|2|1|1.26|2|2",
    ],
    [
      "{{ data.z | default: 'd' }}|{{ false | default: 'd' }}|{{ false | default: 'd', allow_false: true }}|{{ 0 | default: 'd' }}",
      "d|d|false|0",
    ],
    [
      "{{ nil | json }}|{{ data.t | json }}|{{ data.m | json: 1 }}",
      'null|"Hé llo"|[\n 1,\n null,\n 2,\n 1\n]',
    ],
  ])("%s", (template, expected) => expect(text(template, data)).toBe(expected));

  test.each([
    ["{{ timestamp | date }}", "2026-01-31T22:30:00+00:00"],
    ["{{ timestamp | date: '%Y-%m-%d %H:%M:%S.%L %z' }}", "2026-01-31 22:30:00.250 +0000"],
    ["{{ timestamp | date: '%a %-d %B %Y, %I:%M %p', '+02:00' }}", "Sun 1 February 2026, 12:30 AM"],
    ["{{ timestamp | date: '%F %T %:z %j', 'America/Montreal' }}", "2026-01-31 17:30:00 -05:00 031"],
    ["{{ '2026-07-01T12:00:00Z' | date: '%T %z', 'Europe/Paris' }}", "14:00:00 +0200"],
    [
      "{{ '2026-07-01' | date: '%s' }}|{{ 0 | date: '%F' }}|{{ '86400' | date: '%e %b' }}",
      "1782864000|1970-01-01| 2 Jan",
    ],
    ["{{ 'someday' | date: '%F' }}|{{ data.none | date: '%F' }}", "someday|"],
    ["{{ 0 | date: '%^b %% %Q %_m' }}", "JAN % %Q  1"],
  ])("%s", (template, expected) => expect(text(template)).toBe(expected));
});
