import type { Segment } from "@hooklane/client";
import { Badge, Button, Code, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { bodyOf } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { useFormat } from "../../components/format.js";
import { Paged } from "../../components/paged.js";
import { toReason } from "../../components/reason.js";
import { AudienceFrame } from "./audience-frame.js";
import { useSegments, useTags } from "./audience-queries.js";

/** The segments and tags of an audience, which touchpoints and imports name. */
export function SegmentsPage() {
  const { id } = useParams({ from: "/audience/$id/segments" });
  return (
    <AudienceFrame id={id}>
      {() => (
        <Stack gap="xl">
          <Segments id={id} />
          <Tags id={id} />
        </Stack>
      )}
    </AudienceFrame>
  );
}

function Segments({ id }: { readonly id: string }) {
  const { t } = useTranslation(["audiences", "common"]);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t("segments")}
      </Title>
      <Paged query={useSegments(id)} empty={<Text c="dimmed">{t("noSegments")}</Text>}>
        {(segments) => (
          <Table.ScrollContainer minWidth={480} type="native" tabIndex={0}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("common:name")}</Table.Th>
                  <Table.Th>{t("conditions")}</Table.Th>
                  <Table.Th>{t("contacts")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {segments.map((segment) => (
                  <SegmentRow key={segment.id} audienceId={id} segment={segment} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Paged>
    </section>
  );
}

/** Counted when it is asked for: it looks at every contact. */
function SegmentRow({ audienceId, segment }: { readonly audienceId: string; readonly segment: Segment }) {
  const { t } = useTranslation("audiences");
  const { hooklane } = useWorkspace();
  const format = useFormat();
  const count = useMutation({
    mutationFn: async () => {
      const path = { id: audienceId, segmentId: segment.id };
      return bodyOf(
        await hooklane.api.GET("/v1/audiences/{id}/segments/{segmentId}/count", { params: { path } }),
      );
    },
  });
  return (
    <Table.Tr>
      <Table.Td className="breaking">
        <bdi>{segment.name}</bdi>
      </Table.Td>
      <Table.Td className="breaking">
        <Code>{JSON.stringify(segment.conditions)}</Code>
      </Table.Td>
      <Table.Td aria-live="polite">
        {count.data ? (
          count.data.isAtLeast ? (
            t("atLeast", { count: format.number(count.data.count) })
          ) : (
            format.number(count.data.count)
          )
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            loading={count.isPending}
            onClick={() => count.mutate()}
          >
            {t("count")}
          </Button>
        )}
        {count.isError && <Text size="sm">{toReason(count.error)}</Text>}
      </Table.Td>
    </Table.Tr>
  );
}

function Tags({ id }: { readonly id: string }) {
  const { t } = useTranslation("audiences");
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t("tags")}
      </Title>
      <Paged query={useTags(id)} empty={<Text c="dimmed">{t("noTags")}</Text>}>
        {(tags) => (
          <Group gap="xs">
            {tags.map(({ name }) => (
              <Badge key={name} variant="light" tt="none">
                <bdi>{name}</bdi>
              </Badge>
            ))}
          </Group>
        )}
      </Paged>
    </section>
  );
}
