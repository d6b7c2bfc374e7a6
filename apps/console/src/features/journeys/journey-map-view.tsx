import type { Journey, JourneyPoint } from "@hooklane/client";
import { Badge, Group, Paper, Text } from "@mantine/core";
import { IconArrowRight, IconFlag, IconPlayerPlay, IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AddPoint } from "./add-point.js";
import type { MapNode, MapPath, Step } from "./journey-map.js";
import "./journey-map.css";
import { PointNode } from "./point-node.js";

interface MapProps {
  readonly journey: Journey;
  readonly points: ReadonlyMap<string, JourneyPoint>;
  readonly canAdd: boolean;
}

/** The journey from its beginning to its end. Nested lists: whoever hears the page hears its order. */
export function JourneyMapView({ paths, ...map }: MapProps & { readonly paths: readonly MapPath[] }) {
  const { t } = useTranslation("journeys");
  const label = t("mapOf", { name: map.journey.name });
  return (
    // Wide maps are moved sideways, by keyboard too.
    <section className="journey-map" aria-label={label} tabIndex={0}>
      <div className="journey-map-column">
        {!paths.some(isStart) && (
          <Badge size="lg" variant="filled" tt="none" leftSection={<IconPlayerPlay size={14} aria-hidden />}>
            {t("mapStart")}
          </Badge>
        )}
        <Paths paths={paths} {...map} />
      </div>
    </section>
  );
}

function Paths({ paths, ...map }: MapProps & { readonly paths: readonly MapPath[] }) {
  const isBeside = paths.length > 1;
  // Starting points stand beside each other, under nothing they come from.
  const isParted = isBeside && !paths.some(isStart);
  return (
    <>
      {isParted && <div className="journey-map-line" />}
      <ol className={`${isBeside ? "journey-map-beside" : ""} ${isParted ? "journey-map-parted" : ""}`}>
        {paths.map((path) => (
          <li key={path.before ?? "end"} className="journey-map-path">
            <Path path={path} {...map} />
          </li>
        ))}
      </ol>
    </>
  );
}

const isStart = ({ to }: MapPath): boolean => to.kind === "step" && to.node.step.kind === "start";

function Path({ path, ...map }: MapProps & { readonly path: MapPath }) {
  const { to } = path;
  return (
    <>
      {!isStart(path) && <Connector path={path} {...map} />}
      {to.kind === "end" && <End />}
      {to.kind === "join" && <Join step={to.step} {...map} />}
      {to.kind === "step" && (
        <>
          <Node node={to.node} {...map} />
          <Paths paths={to.node.paths} {...map} />
        </>
      )}
    </>
  );
}

function Connector({ path, journey, canAdd }: MapProps & { readonly path: MapPath }) {
  return (
    <>
      <div className="journey-map-line" />
      {canAdd && (
        <>
          <AddPoint journeyId={journey.id} place={path} />
          <div className="journey-map-line" />
        </>
      )}
    </>
  );
}

function Node({ node: { step }, journey, points }: MapProps & { readonly node: MapNode }) {
  const point = points.get(step.pointId ?? "");
  return point ? <PointNode journey={journey} point={point} /> : <LabelNode step={step} />;
}

/** What the upstream application does: a label here. */
function LabelNode({ step }: { readonly step: Step }) {
  const { t } = useTranslation("journeys");
  const { kind } = step;
  return (
    <Paper withBorder p="sm" className="journey-map-node">
      <Group gap={6} c="dimmed">
        {kind === "start" ? <IconPlayerPlay size={14} aria-hidden /> : <IconRoute size={14} aria-hidden />}
        <Text size="xs">{t(`step_${kind}`)}</Text>
      </Group>
      <Text fw={600} className="breaking">
        <bdi>{step.label ?? step.id}</bdi>
      </Text>
    </Paper>
  );
}

function End() {
  const { t } = useTranslation("journeys");
  return (
    <Badge size="lg" color="gray" variant="light" tt="none" leftSection={<IconFlag size={14} aria-hidden />}>
      {t("mapEnd")}
    </Badge>
  );
}

function Join({ step, points }: MapProps & { readonly step: Step }) {
  const { t } = useTranslation("journeys");
  const name = points.get(step.pointId ?? "")?.name ?? step.label ?? step.id;
  return (
    <Badge
      size="lg"
      color="gray"
      variant="outline"
      tt="none"
      leftSection={<IconArrowRight size={14} aria-hidden />}
    >
      {t("mapJoin", { name })}
    </Badge>
  );
}
