import { Group, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

/** The heading of a page, its name in the browser, and what can be done there. */
export function PageTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Hooklane`;
  }, [title]);
  return (
    <Group justify="space-between" mb="md" gap="sm">
      <Title order={1} size="h2" className="breaking">
        <bdi>{title}</bdi>
      </Title>
      <Group gap="sm">{children}</Group>
    </Group>
  );
}
