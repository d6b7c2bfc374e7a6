/** The body of an answer that has one: the client throws for every other. */
export async function dataOf<Data>(call: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await call;
  if (data === undefined) throw new Error("The answer came without the body that belongs to it");
  return data;
}
