/** So many percent of the endpoints, evenly spread over their numbers. */
export function chooseShare(count: number, percent: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n).filter(
    (n) => Math.floor(((n + 1) * percent) / 100) > Math.floor((n * percent) / 100),
  );
}
