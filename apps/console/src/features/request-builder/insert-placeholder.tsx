import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";

interface InsertPlaceholderProps {
  readonly label: string;
  readonly placeholders: readonly string[];
  /** Only its sign: inside of a field. */
  readonly isSmall?: boolean;
  readonly onInsert: (name: string) => void;
}

/** A menu of what a template can be made of. */
export function InsertPlaceholder({
  label,
  placeholders,
  isSmall = false,
  onInsert,
}: InsertPlaceholderProps) {
  return (
    // The focus goes to where it was inserted.
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        {isSmall ? (
          <ActionIcon variant="subtle" color="gray" aria-label={label}>
            <IconBraces size={16} aria-hidden />
          </ActionIcon>
        ) : (
          <Button variant="default" size="xs" leftSection={<IconBraces size={14} aria-hidden />}>
            {label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {placeholders.map((name) => (
          <Menu.Item key={name} className="code" onClick={() => onInsert(name)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
