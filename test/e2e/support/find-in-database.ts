import type { RunningServices } from "@hooklane/testing";

/**
 * Collections whose documents hold one of these texts, as bytes: nothing is missed in a binary field.
 *
 * @returns the collection's name once for each such document
 */
export async function findInDatabase(
  { database }: Pick<RunningServices, "database">,
  texts: readonly string[],
): Promise<readonly string[]> {
  const collections = await database.db!.collections();
  const found = await Promise.all(
    collections.map(async (collection) => {
      const documents = (await collection.find({}, { raw: true }).toArray()) as unknown as Buffer[];
      const hits = documents.filter((bytes) => texts.some((text) => bytes.includes(text)));
      return hits.map(() => collection.collectionName);
    }),
  );
  return found.flat();
}
