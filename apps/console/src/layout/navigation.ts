import {
  IconCode,
  IconHome,
  IconListDetails,
  IconRoute,
  IconSettings,
  IconSpeakerphone,
  IconStack2,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";

/** The entries of the navigation, in their order. */
export const NAVIGATION = [
  { to: "/", label: "home", icon: IconHome },
  { to: "/webhooks", label: "webhooks", icon: IconWebhook },
  { to: "/journeys", label: "automations", icon: IconRoute },
  { to: "/campaigns", label: "campaigns", icon: IconSpeakerphone },
  { to: "/audience", label: "audience", icon: IconUsers },
  { to: "/logs", label: "eventLogs", icon: IconListDetails },
  { to: "/receivers", label: "receivers", icon: IconCode },
  { to: "/plans", label: "plans", icon: IconStack2 },
  { to: "/settings", label: "workspaceSettings", icon: IconSettings },
] as const;
