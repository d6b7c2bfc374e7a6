import { describe, expect, test } from "@jest/globals";
import { TRIGGER_TYPES, type WebhookBody } from "@hooklane/core";
import fc from "fast-check";
import { BodyTemplate, checkBody } from "./template.js";
import { describeFailure, type TemplateFailure } from "./template-fault.js";
import { failureOf, render, text, toEvent, webhook } from "./testing/render-template.js";

const refusalsOf = (body: WebhookBody): readonly string[] =>
  checkBody(body).map(({ failure }) => describeFailure(failure));

describe("a JSON body", () => {
  test("puts out the event's fields and the webhook's", () => {
    const template =
      '{"id":"{{ id }}","type":"{{type}}","at":"{{timestamp}}","by":"{{source}}","to":"{{ data.contact.email }}",' +
      '"hook":"{{ webhook.id }}/{{ webhook.name }}"}';
    expect(JSON.parse(render(template, { contact: { email: "a@example.org" } }) as string)).toEqual({
      id: "evt_1",
      type: "contact.subscribed",
      at: "2026-01-31T23:30:00.250+01:00",
      by: "api",
      to: "a@example.org",
      hook: 'wh_1/The "shop"',
    });
  });

  test("has the contact at hand where a journey or a campaign set it off, and nowhere else", () => {
    const template = new BodyTemplate(
      '{"to":"{{ contact.email }}","in":{{ contact.fields | json }}}',
      webhook,
    );
    const data = { contact: { email: 'a"b@example.org', fields: { city: "Lyon" } } };
    for (const type of TRIGGER_TYPES)
      expect(JSON.parse(template.render(toEvent(data, type)) as string)).toEqual({
        to: 'a"b@example.org',
        in: { city: "Lyon" },
      });
    expect(template.render(toEvent(data))).toBe('{"to":"","in":null}');
  });

  test("any string of an event comes through a JSON string as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const sent = JSON.parse(JSON.stringify(value)) as string;
        expect(JSON.parse(render('{"v":"{{ data.v }}"}', { v: value }) as string)).toEqual({ v: sent });
      }),
    );
  });

  test("any value of an event comes through `json`, and through an output of its own but for strings", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected = JSON.parse(JSON.stringify({ v: value })) as unknown;
        expect(JSON.parse(render('{"v":{{ data.v | json }}}', { v: value }) as string)).toEqual(expected);
        fc.pre(typeof value !== "string" && value !== null);
        expect(JSON.parse(render('{"v":{{ data.v }}}', { v: value }) as string)).toEqual(expected);
      }),
    );
  });

  test("what is not there is empty, and null as JSON", () => {
    expect(render('{"a":"{{ data.x.y.z }}{{ nobody }}","b":{{ data.x | json }}}')).toBe('{"a":"","b":null}');
  });

  test("what is captured is escaped once, where it is put out", () => {
    const template =
      '{% capture all %}{% for n in data.names %}{{ n }};{% endfor %}{% endcapture %}{"all":"{{ all }}","raw":{{ all | json }}}';
    const all = 'a"b;c\\d;';
    expect(JSON.parse(render(template, { names: ['a"b', "c\\d"] }) as string)).toEqual({ all, raw: all });
  });

  test("`raw` is put out as it is", () => {
    expect(render('{"a":{{ data.json | raw }}}', { json: '{"b":1}' })).toBe('{"a":{"b":1}}');
  });

  test("that is not JSON fails, with the place in what was rendered", () => {
    expect(failureOf('{"a":1,\n "b":{{ data.b }} }')).toBe("rendered text, line 2, column 7: is not JSON");
    const failure = render("{{ data.b | raw }}", { b: "secret" }) as TemplateFailure;
    expect(failure).toMatchObject({ of: "rendered", rendered: "secret" });
    expect(describeFailure(failure)).not.toContain("secret");
    expect(failureOf('{"n":{{ 1 | divided_by: 0 }}}')).toContain("is not JSON");
  });
});

describe("a form", () => {
  test("has a value for each field, in their order, names more than once too", () => {
    const body = [
      { name: "to", value: "{{ data.email }}" },
      { name: "tag", value: "a" },
      { name: "tag", value: '{{ data.list }} "{{ data.email }}"' },
      { name: "none", value: "" },
    ];
    expect(render(body, { email: 'a"b', list: [1, { c: "d" }] })).toEqual([
      { name: "to", value: 'a"b' },
      { name: "tag", value: "a" },
      { name: "tag", value: '[1,{"c":"d"}] "a"b"' },
      { name: "none", value: "" },
    ]);
  });

  test("tells in which field it failed", () => {
    const body = [
      { name: "a", value: "x" },
      { name: 'b"', value: "1\n 2 {{ data.x | date: '%Y', 'Nowhere/City' }}" },
    ];
    expect(failureOf(body, { x: 1 })).toBe(
      'field "b\\"", line 2, column 4: date: there is no such time zone',
    );
  });
});

describe("refused before it is saved, with its place:", () => {
  test.each([
    ["{% include 'a' %}", 'line 1, column 1: tag "include" not found'],
    ["\n  {% render 'a' %}", 'line 2, column 3: tag "render" not found'],
    ["{% layout 'a' %}", 'line 1, column 1: tag "layout" not found'],
    ["{% block a %}{% endblock %}", 'line 1, column 1: tag "block" not found'],
    ["{% cycle 'a' %}", 'line 1, column 1: tag "cycle" not found'],
    ["{% constructor %}", 'line 1, column 1: tag "constructor" not found'],
    ["{{ 1 | sample }}", "line 1, column 1: undefined filter: sample"],
    ["{{ 1 | where_exp: 'a', 'b' }}", "line 1, column 1: undefined filter: where_exp"],
    ["{{ 1 | toString }}", "line 1, column 1: undefined filter: toString"],
    ["{{ 1 | constructor }}", "line 1, column 1: undefined filter: constructor"],
    ["{{ data.x", 'line 1, column 1: output "{{ data.x" not closed'],
    ["{% if data.x %}", "line 1, column 1: tag {% if data.x %} not closed"],
    ['{{ "now" | date: "%s" }}', expect.stringContaining("the time of rendering cannot be put out")],
    ["{% if true %}{{ 'today' | date }}{% endif %}", expect.stringContaining("the time of rendering")],
    ["{% assign x = 'now' | date %}", expect.stringContaining("the time of rendering")],
    ["{% if true %}".repeat(40) + "{% endif %}".repeat(40), expect.stringContaining("is nested too deep")],
  ])("%j", (template, message) => {
    const [refusal] = refusalsOf([{ name: "f", value: template }]);
    expect(refusal).toEqual(message);
    expect(
      checkBody([
        { name: "a", value: "" },
        { name: "f", value: template },
      ])[0]?.index,
    ).toBe(1);
    // What was stored before we refused it fails on every event, and never throws.
    expect(failureOf([{ name: "f", value: template }])).toContain("f");
  });

  test("nothing of what is allowed", () => {
    const template =
      "{% assign a = data.list | where: 'on' | map: 'name' | join: ', ' %}{% comment %}no{% endcomment %}" +
      "{%- for i in (1..3) limit: 2 -%}{% if i == 1 %}x{% elsif i > 1 %}y{% else %}z{% endif %}{% continue %}{%- endfor -%}" +
      "{% case a %}{% when 'b' %}b{% else %}c{% endcase %}{% unless a %}d{% endunless %}{% raw %}{{ e }}{% endraw %}" +
      "{% # comment %}{{ timestamp | date: '%Y' }}";
    expect(refusalsOf([{ name: "f", value: template }])).toEqual([]);
    expect(text(template, { list: [{ name: "b", on: true }, { name: "c" }] })).toBe("xyb{{ e }}2026");
  });
});
