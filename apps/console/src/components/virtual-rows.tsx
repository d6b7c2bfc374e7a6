import { Table } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

const ROW_HEIGHT = 44;
const OVERSCAN = 20;

interface VirtualRowsProps {
  readonly count: number;
  readonly columns: number;
  /** The rows of an index, as high as they are. */
  readonly children: (index: number) => ReactNode;
}

/** The rows of a long table, of which only those near the screen are there: a thousand scroll as ten do. */
export function VirtualRows({ count, columns, children }: VirtualRowsProps) {
  const top = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    setOffset((top.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
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
    <>
      <tbody ref={top} aria-hidden>
        <Gap height={before} columns={columns} />
      </tbody>
      {shown.map(({ index, key }) => (
        <Table.Tbody key={key} ref={rows.measureElement} data-index={index}>
          {children(index)}
        </Table.Tbody>
      ))}
      <tbody aria-hidden>
        <Gap height={after} columns={columns} />
      </tbody>
    </>
  );
}

const Gap = ({ height, columns }: { readonly height: number; readonly columns: number }) =>
  height > 0 && (
    <tr>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
