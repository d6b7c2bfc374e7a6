import { parseClusterTime } from "@hooklane/store";
import { expect, test } from "@jest/globals";
import { formatPosition, parsePosition } from "./stream-position.js";

const time = parseClusterTime("6b03d8fc00000002")!;

test.each([[{ time }], [{ time, key: "dl_01a2-b_c" }], [{ time, key: "quota" }]])(
  "%j is read back",
  (position) => {
    expect(parsePosition(formatPosition(position))).toEqual(position);
  },
);

test.each([
  "",
  "1",
  "6b03d8fc0000000",
  "6b03d8fc000000022",
  "6B03D8FC00000002",
  "6b03d8fc00000002.",
  "6b03d8fc00000002.a b",
  "6b03d8fc00000002.a.b",
  `6b03d8fc00000002.${"x".repeat(151)}`,
  "6b03d8fc00000002\n",
  " 6b03d8fc00000002",
  "826B03D8FC000000022B0229296E04",
])("%j is no position", (text) => expect(parsePosition(text)).toBeUndefined());
