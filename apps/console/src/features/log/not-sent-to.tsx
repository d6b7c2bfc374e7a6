import type { Explanation } from "@hooklane/client";
import { List, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWebhookName } from "./webhook-name.js";

/** Of ten thousand nobody reads more; the others are counted. */
const SHOWN = 100;

type Unmatched = Explanation["unmatched"][number];

/** What no such product shows: who did not get it, and why. */
export function NotSentTo({ explanation: { unmatched } }: { readonly explanation: Explanation }) {
  const { t } = useTranslation("log");
  const [isOpen, setOpen] = useState(false);
  if (unmatched.length === 0) return null;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("notSentTo", { count: unmatched.length })}</summary>
      {isOpen && (
        <List size="sm">
          {unmatched.slice(0, SHOWN).map((one) => (
            <WhyNot key={one.webhookId} {...one} />
          ))}
        </List>
      )}
      {isOpen && unmatched.length > SHOWN && (
        <Text size="sm">{t("andMore", { count: unmatched.length - SHOWN })}</Text>
      )}
    </details>
  );
}

function WhyNot({ webhookId, reason }: Unmatched) {
  const { t } = useTranslation("log");
  const { shown } = useWebhookName(webhookId);
  return (
    <List.Item className="breaking">
      <bdi>{shown ?? webhookId}</bdi>: {t(`why_${reason}`)}
    </List.Item>
  );
}
