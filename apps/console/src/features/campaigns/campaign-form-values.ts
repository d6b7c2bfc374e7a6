import type { Campaign, CreateCampaign, FieldError, PatchCampaign } from "@hooklane/client";
import { createCampaign, toFieldErrors } from "@hooklane/contracts";

/** What the form of a campaign asks for. */
export interface CampaignFormValues {
  readonly name: string;
  readonly audienceId: string;
  readonly goal: string;
}

export const NEW_CAMPAIGN: CampaignFormValues = { name: "", audienceId: "", goal: "" };

export const toCampaignValues = ({ name, audienceId, goal = "" }: Campaign): CampaignFormValues => ({
  name,
  audienceId,
  goal,
});

export const toCampaignBody = ({ name, audienceId, goal }: CampaignFormValues): CreateCampaign =>
  ({
    // Empty is absent: the API says that it is needed rather than too short.
    ...(name.trim() !== "" && { name }),
    ...(audienceId !== "" && { audienceId }),
    ...(goal.trim() !== "" && { goal }),
    // What is missing, the check says before this is sent.
  }) as CreateCampaign;

/** Only what differs, so that what others changed beside it stays. */
export function toCampaignPatch(before: Campaign, values: CampaignFormValues): PatchCampaign {
  const shown = toCampaignValues(before);
  const { name, audienceId, goal } = toCampaignBody(values);
  return {
    ...(values.name !== shown.name && { name }),
    ...(values.audienceId !== shown.audienceId && { audienceId }),
    ...(values.goal !== shown.goal && { goal: goal ?? null }),
  };
}

/** What the API would say of them, by its own schema. */
export function checkCampaign(values: CampaignFormValues): readonly FieldError[] {
  const body = toCampaignBody(values);
  const checked = createCampaign.safeParse(body);
  return checked.success ? [] : toFieldErrors(checked.error.issues, body);
}
