import type { ContactImportJob } from "@hooklane/client";
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { Paged } from "../../components/paged.js";
import { useImportErrors } from "./import-queries.js";

/** What was wrong with the lines of an import, in their order. */
export function ImportErrors({ job: { id, audienceId } }: { readonly job: ContactImportJob }) {
  const { t } = useTranslation(["audiences", "fields"]);
  const format = useFormat();
  return (
    <Paged query={useImportErrors(audienceId, id)} empty={<Text size="sm">{t("noLineErrors")}</Text>}>
      {(errors) => (
        <Table.ScrollContainer minWidth={360} type="native" tabIndex={0}>
          <Table mt="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("line")}</Table.Th>
                <Table.Th>{t("field")}</Table.Th>
                <Table.Th>{t("fault")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {errors.map(({ line, path, code, message }) => (
                <Table.Tr key={`${line}:${path}:${code}`}>
                  <Table.Td>{format.number(line)}</Table.Td>
                  <Table.Td className="breaking">{path}</Table.Td>
                  <Table.Td className="breaking">{t(`fields:${code}`, { message })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paged>
  );
}
