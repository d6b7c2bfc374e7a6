import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Panel({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        {title !== undefined && (
          <Title order={2} size="h5">
            {title}
          </Title>
        )}
        {children}
      </Stack>
    </Paper>
  );
}
