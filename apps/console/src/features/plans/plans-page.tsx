import type { Plan } from "@hooklane/client";
import { Badge, Button, Card, Group, List, SimpleGrid, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { usePlans } from "../../api/plans.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";

/** The workspace's plan, and what each of the others unlocks (product.md W9). */
export function PlansPage() {
  const { t } = useTranslation("plans");
  const query = usePlans();
  return (
    <>
      <PageTitle title={t("title")} />
      <Loaded query={query}>
        {({ data, currentPlan, upgradeUrl }) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {data.map((plan) => (
              <PlanCard
                key={plan.id}
                plan={plan}
                isCurrent={plan.id === currentPlan}
                upgradeUrl={plan.upgradeUrl ?? upgradeUrl}
              />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </>
  );
}

interface PlanCardProps {
  readonly plan: Plan;
  readonly isCurrent: boolean;
  readonly upgradeUrl: string | undefined;
}

function PlanCard({ plan, isCurrent, upgradeUrl }: PlanCardProps) {
  const { t, i18n } = useTranslation("plans");
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const hasMore = plan.unlocks !== undefined && count(plan.unlocks) > 0;
  return (
    <Card withBorder aria-current={isCurrent}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {plan.name[language]}
        </Title>
        {isCurrent && <Badge tt="none">{t("current")}</Badge>}
      </Group>
      <Text size="sm">{t(`access_${plan.webhooks.access}`)}</Text>
      {hasMore && plan.unlocks && <Unlocks unlocks={plan.unlocks} />}
      {hasMore && upgradeUrl !== undefined && isElsewhere(upgradeUrl) && (
        <Button component="a" href={upgradeUrl} target="_blank" rel="noreferrer" mt="md">
          {t("upgrade")}
        </Button>
      )}
    </Card>
  );
}

function Unlocks({ unlocks }: { readonly unlocks: NonNullable<Plan["unlocks"]> }) {
  const { t } = useTranslation("plans");
  const toLabel = useEventTypeLabel();
  return (
    <>
      <Text size="sm" fw={600} mt="sm">
        {t("unlocks")}
      </Text>
      <List size="sm">
        {unlocks.webhooks.map(({ kind, access }) => (
          <List.Item key={kind}>
            {t(`kind_${kind}`)}: {t(`access_${access}`)}
          </List.Item>
        ))}
        {unlocks.eventTypes.map((type) => (
          <List.Item key={type}>{toLabel(type)}</List.Item>
        ))}
      </List>
    </>
  );
}

const count = ({ webhooks, eventTypes }: NonNullable<Plan["unlocks"]>): number =>
  webhooks.length + eventTypes.length;

/** Without a place to upgrade, the API names this very page. */
const isElsewhere = (url: string): boolean => new URL(url, window.location.href).pathname !== "/plans";
