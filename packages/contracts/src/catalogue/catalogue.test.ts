import { describe, expect, test } from "@jest/globals";
import { CATALOGUE, PRESETS, presetTypes } from "./catalogue.js";
import { toSelfContained } from "./self-contained-schema.js";

describe("the event catalogue", () => {
  test("has 24 types in three presets of 9, 6 and 9, and two triggers nobody subscribes to", () => {
    expect(PRESETS.map((preset) => presetTypes(preset).length)).toEqual([9, 6, 9]);
    expect(new Set(CATALOGUE.eventTypes.map(({ type }) => type)).size).toBe(24);
    expect(CATALOGUE.triggers.map(({ type }) => type)).toEqual([
      "journey.point_reached",
      "campaign.touchpoint_due",
    ]);
  });

  test("every type has labels and descriptions in both languages and an example of itself", () => {
    for (const { type, labels, descriptions, example } of CATALOGUE.eventTypes) {
      expect([labels.en, labels.fr, descriptions.en, descriptions.fr]).not.toContain("");
      expect(example.type).toBe(type);
    }
  });

  test("the rules of the first preset stand on their types", () => {
    const byType = new Map(CATALOGUE.eventTypes.map((eventType) => [eventType.type, eventType]));
    expect(byType.get("contact.subscribed")?.suppressedSources).toEqual(["import"]);
    expect(byType.get("contact.custom_field_changed")?.suppressedSources).toEqual(["import"]);
    expect(byType.get("sms.link_clicked")?.requiredPlan).toBe("max");
    expect(byType.get("audience.campaign_sending")?.sourceFilter).toBe(false);
  });

  test("every type of the third preset says in both languages what it is used for", () => {
    for (const { useCases } of presetTypes("messaging"))
      expect([useCases?.en, useCases?.fr]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  });

  test("a schema brings the definitions it refers to, through others too, and no more", () => {
    const clicked = CATALOGUE.eventTypes.find(({ type }) => type === "email.link_clicked");
    expect(Object.keys(clicked?.schema.$defs ?? {}).sort()).toEqual([
      "contact",
      "email_message",
      "link",
      "list",
    ]);
    expect(toSelfContained({ type: "object" }, { unused: {} })).not.toHaveProperty("$defs");
  });

  test("a reference to a definition that is not there is refused", () => {
    expect(() => toSelfContained({ $ref: "#/$defs/nobody" }, {})).toThrow("nobody");
  });
});
