import { describe, expect, test } from "@jest/globals";
import { RENDERED_BODY_BYTES_MAX } from "@hooklane/core";
import fc from "fast-check";
import { BodyTemplate, checkBody } from "./template.js";
import { failureOf, render, text, toEvent, webhook } from "./testing/render-template.js";

describe("nothing but the event can be put out:", () => {
  test.each(["now", "today"])("not the time, by the word %s in the event", (word) => {
    expect(failureOf('{"a":"{{ data.w | date }}"}', { w: word })).toContain(
      "the time of rendering cannot be put out",
    );
  });

  test.each([
    "{{ constructor }}{{ __proto__ }}{{ toString }}{{ hasOwnProperty }}",
    "{{ data.constructor }}{{ data['__proto__'] }}{{ data.toString }}{{ data.list.map }}{{ data.text.charAt }}",
    "{{ data.constructor.constructor }}{{ webhook.constructor }}{{ webhook.secrets }}",
    "{{ data.list | map: 'constructor' | compact }}{{ data.list | where: '__proto__' }}".replace(
      /\}\}\{\{/,
      " | join }}{{",
    ),
    "{% assign __proto__ = data %}{{ hidden }}",
  ])("%s", (template) => {
    expect(text(template, { list: [{}], text: "a" }).replaceAll("[]", "")).toBe("");
  });

  test("members that are named as what objects inherit are only themselves", () => {
    const data = JSON.parse('{"__proto__":{"a":1},"constructor":"c","size":7,"first":"f"}') as unknown;
    expect(text("{{ data.constructor }}{{ data.size }}{{ data.first }}", data)).toBe("c7f");
  });
});

test("a longer event may take more work, a short one no more than some milliseconds", () => {
  const template = "{% for a in (1..5000) %}x{% endfor %}";
  expect(failureOf(`"${template}"`, {})).toContain("takes too much work");
  expect(text(template, { long: "x".repeat(20_000) })).toBe("x".repeat(5_000));
});

describe("a hostile template ends within its work:", () => {
  const list = Array.from({ length: 20_000 }, (_, index) => index);
  const object = Object.fromEntries(list.map((index) => [`k${index}`, index]));
  const long = "x".repeat(200_000);
  const twice = "{% assign a = a | concat: a %}".repeat(30);

  test.each([
    [
      "loops within loops",
      "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
    ["empty loops within loops", "{% for a in data.list %}{% for b in data.list %}{% endfor %}{% endfor %}"],
    ["a huge range", "{% for a in (1..1000000000) %}{% endfor %}"],
    ["a huge range put out", "{{ (1..1000000000) }}"],
    [
      "ranges that go down",
      "{% for a in (1..9) %}{% for b in (900000000..1) %}{% endfor %}{% endfor %}{{ (1..1000000000) | join }}",
    ],
    ["a range without an end", "{% for a in (1..data.infinite) %}{% endfor %}"],
    [
      "slices of a list",
      "{% for a in data.list %}{% for b in data.list reversed limit: 1 %}{% endfor %}{% endfor %}",
    ],
    [
      "a text that doubles",
      `{% assign a = data.long %}${"{% assign a = a | append: a %}".repeat(30)}{{ a }}`,
    ],
    ["a list that doubles", `{% assign a = data.list %}${twice}{{ a | size }}`],
    ["one text many times in a list", `{% assign a = data.long | split: 'y' %}${twice}{{ a | join }}`],
    [
      "one text many times, as JSON",
      `{% assign a = data.long | split: 'y' %}${"{% assign a = a | concat: a %}".repeat(14)}{{ a }}`,
    ],
    ["every character replaced", "{{ data.long | replace: 'x', data.long }}"],
    [
      "captures",
      `{% assign a = data.long %}${"{% capture a %}{{ a }}{{ a }}{% endcapture %}".repeat(30)}{{ a }}`,
    ],
    ["lists compared", "{% for a in data.list %}{% if data.list == data.other %}{% endif %}{% endfor %}"],
    [
      "cases compared",
      `{% for a in data.list %}{% case data.list %}${"{% when data.other %}".repeat(50)}{% endcase %}{% endfor %}`,
    ],
    [
      "texts looked through",
      "{% for a in data.list %}{% if data.long contains 'y' %}{% endif %}{% endfor %}",
    ],
    ["sorting again and again", "{% for a in data.list %}{% assign b = data.list | sort %}{% endfor %}"],
    ["dates in zones", "{% for a in data.list %}{{ a | date: '%F', 'Europe/Paris' }}{% endfor %}"],
    ["filters of filters", `{% for a in data.list %}{{ a ${"| plus: 1".repeat(1_000)} }}{% endfor %}`],
    [
      "long conditions",
      `{% for a in data.list %}{% if ${"a > 1 and ".repeat(1_000)} true %}{% endif %}{% endfor %}`,
    ],
    [
      "many conditions",
      `{% for a in data.list %}{% if false %}${"{% elsif false %}".repeat(900)}{% endif %}{% endfor %}`,
    ],
    [
      "many cases",
      `{% for a in data.list %}{% case a %}{% when ${"'x', ".repeat(2_000)}'y' %}{% endcase %}{% endfor %}`,
    ],
    ["long paths", `{% for a in data.list %}{{ data${".data".repeat(2_000)} }}{% endfor %}`],
    ["a large object counted again and again", "{% for a in data.list %}{{ data.object.size }}{% endfor %}"],
    [
      "a large object gone through",
      "{% for a in data.list %}{% for b in data.object limit: 1 %}{% endfor %}{% endfor %}",
    ],
    ["long outputs", "{% for a in data.list %}{{ data.long }}{% endfor %}"],
    ["long texts between", `{% for a in data.list %}${"x".repeat(1_000)}{% endfor %}`],
  ])("%s", (_, template) => {
    const infinite = 1e308;
    const started = performance.now();
    const data = { list, other: [...list], long, infinite, object };
    const failure = failureOf([{ name: "f", value: template }], data);
    expect(failure).toMatch(/takes too much work|makes a body of more than|cannot be rendered/);
    // About a tenth of a second; the test has ample room for a busy machine.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test.each([
    ["brackets", `{{ data${"[data".repeat(3_000)}${"]".repeat(3_000)} }}`],
    ["blocks", "{% if true %}".repeat(700) + "{% endif %}".repeat(700)],
    ["filters", `{{ 'a' ${"| append: 'a'".repeat(1_000)} }}`],
    ["operators", `{% if ${"true and ".repeat(1_500)}true %}a{% endif %}`],
    ["openings", "{{".repeat(8_000)],
    ["too long", "x".repeat(20_000)],
  ])("and is refused, or rendered, when it is nothing but %s", (_, template) => {
    const started = performance.now();
    checkBody([{ name: "f", value: template }]);
    render([{ name: "f", value: template }]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("no more than a body may have leaves, whatever was allowed to be made", () => {
    const template = "{% for a in (1..5) %}{{ data.long }}{% endfor %}{{ data.long | slice: 0, 48575 }}";
    expect(text(template, { long })).toHaveLength(RENDERED_BODY_BYTES_MAX - 1);
    expect(failureOf([{ name: "f", value: `${template}xx` }], { long })).toContain(
      "makes a body of more than",
    );
  });

  test("any text for a template is refused or rendered, never thrown", () => {
    const piece = fc.constantFrom(
      ...[
        "{{",
        "}}",
        "{%",
        "%}",
        " data",
        ".x",
        "[",
        "]",
        "(1..9)",
        "|",
        " json",
        ":",
        "'a'",
        " for a in ",
        " endfor ",
        " if ",
      ],
      ...[
        " endif ",
        " assign a = ",
        " capture b ",
        " endcapture ",
        "-",
        "==",
        " contains ",
        "1",
        "\n",
        '"',
        " case ",
        " when ",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.jsonValue(), (pieces, data) => {
        const body = pieces.join("") || "x";
        const refusals = checkBody(body);
        const rendered = render(body, data);
        if (refusals.length > 0) expect(rendered).toMatchObject({ kind: "template_failed" });
        else if (typeof rendered === "string") JSON.parse(rendered);
      }),
    );
  });

  test("the same template and event give the same, parsed anew too", () => {
    const pieces = fc.constantFrom(
      "{{ data | json }}",
      "{{ data.a }}",
      "{{ timestamp | date: '%c %F %T', 'Asia/Tokyo' }}",
      "{% for a in data.list %}{{ a }}{{ forloop.index }}{% endfor %}",
      "{{ data.list | sort | uniq | join: ',' }}",
      "{% assign x = data.list | size %}{{ x }}",
      "{{ forloop }}",
    );
    fc.assert(
      fc.property(
        fc.array(pieces),
        fc.record({ a: fc.jsonValue(), list: fc.array(fc.jsonValue()) }),
        (some, data) => {
          const body = [{ name: "f", value: some.join(" ") }];
          const template = new BodyTemplate(body, webhook);
          const first = template.render(toEvent(data));
          expect(template.render(toEvent(data))).toEqual(first);
          expect(render(body, data)).toEqual(first);
        },
      ),
    );
  });
});
