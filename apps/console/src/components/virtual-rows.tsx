import { Table } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, useLayoutEffect, useRef, useState } from "react";

const ROW_HEIGHT = 44;
const OVERSCAN = 20;

interface VirtualRowsProps {
  readonly count: number;
  readonly columns: number;
  /** The row of an index, which is one line high. */
  readonly children: (index: number) => ReactNode;
}

/** The rows of a long table, of which only those near the screen are there: a thousand scroll as ten do. */
export function VirtualRows({ count, columns, children }: VirtualRowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    setOffset((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [count]);
  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.start ?? offset) - offset;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? offset) - offset);
  return (
    <Table.Tbody ref={body}>
      {before > 0 && <Gap height={before} columns={columns} />}
      {shown.map(({ index, key }) => (
        <Fragment key={key}>{children(index)}</Fragment>
      ))}
      {after > 0 && <Gap height={after} columns={columns} />}
    </Table.Tbody>
  );
}

const Gap = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr aria-hidden>
    <td colSpan={columns} style={{ height, padding: 0 }} />
  </tr>
);
