import { IconListDetails, IconRoute, IconSpeakerphone, IconStack2, IconWebhook } from "@tabler/icons-react";

/** The entries of the navigation, in their order. */
export const NAVIGATION = [
  { to: "/webhooks", label: "webhooks", icon: IconWebhook },
  { to: "/journeys", label: "automations", icon: IconRoute },
  { to: "/campaigns", label: "campaigns", icon: IconSpeakerphone },
  { to: "/logs", label: "eventLogs", icon: IconListDetails },
  { to: "/plans", label: "plans", icon: IconStack2 },
] as const;
