import { Group } from "@mantine/core";
import type { ReactNode } from "react";

/** Links to the pages of one part of the console, beside each other; the one that is shown is marked. */
export function SectionLinks({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group component="nav" aria-label={label} gap={0} mb="lg" wrap="nowrap" className="sections">
      {children}
    </Group>
  );
}
