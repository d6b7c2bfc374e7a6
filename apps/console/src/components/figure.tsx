import { Paper, Text } from "@mantine/core";

interface FigureProps {
  readonly label: string;
  readonly value: string;
  /** Beside the value; what is undefined is left out. */
  readonly notes?: readonly (string | undefined)[];
}

/** A number of a page, with what it counts. */
export function Figure({ label, value, notes = [] }: FigureProps) {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={600}>{value}</Text>
      {notes.map(
        (note) =>
          note !== undefined && (
            <Text key={note} size="sm">
              {note}
            </Text>
          ),
      )}
    </Paper>
  );
}
