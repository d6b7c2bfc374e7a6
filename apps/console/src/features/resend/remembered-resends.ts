import { useLocalStorage } from "@mantine/hooks";
import { useWorkspace } from "../../api/workspace-context.js";

/** More are not looked after; the API keeps their ends for 30 days. */
const REMEMBERED_MAX = 5;

/** Jobs begun in this browser, newest first, until their ends were read: they go on when the page is left. */
export function useRememberedResends() {
  const { workspace } = useWorkspace();
  const [ids, setIds] = useLocalStorage<readonly string[]>({
    key: `hooklane.resends.${workspace.id}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return {
    ids,
    remember: (id: string) => setIds((before) => [id, ...before].slice(0, REMEMBERED_MAX)),
    forget: (id: string) => setIds((before) => before.filter((other) => other !== id)),
  };
}
