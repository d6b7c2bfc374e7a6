import type { Admin } from "kafkajs";

/** How far a group was set back on one partition. */
export interface RewoundPartition {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Groups with members, of those whose names begin so. */
export async function listRunningGroups(admin: Admin, prefix: string): Promise<readonly string[]> {
  const { groups } = await admin.listGroups();
  const ids = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
  if (ids.length === 0) return [];
  const described = await admin.describeGroups(ids);
  return described.groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId);
}

/** Sets a group without members back to the first records of a time, and nowhere forward. */
export async function rewindGroup(
  admin: Admin,
  groupId: string,
  topic: string,
  timestampMs: number,
): Promise<readonly RewoundPartition[]> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const committed = new Map(
    (found?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]),
  );
  const then = await admin.fetchTopicOffsetsByTimestamp(topic, timestampMs);
  const rewound = then.flatMap(({ partition, offset }): RewoundPartition[] => {
    const from = committed.get(partition) ?? -1;
    // Without a commit it begins at the start of the log, which is further back.
    return from > Number(offset) ? [{ partition, from, to: Number(offset) }] : [];
  });
  if (rewound.length > 0) {
    const partitions = rewound.map(({ partition, to }) => ({ partition, offset: String(to) }));
    await admin.setOffsets({ groupId, topic, partitions });
  }
  return rewound.sort((a, b) => a.partition - b.partition);
}
