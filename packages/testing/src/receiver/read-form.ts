/**
 * The fields of a form's body in their order, as a server would read them: by the runtime's own reader, which knows
 * nothing of how we wrote it.
 */
export async function readForm(
  body: Uint8Array,
  contentType: string,
): Promise<readonly (readonly [name: string, value: unknown])[]> {
  const response = new Response(new Uint8Array(body), { headers: { "content-type": contentType } });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- is for bodies of strangers; these are our own, and small
  const form = await response.formData();
  return [...form.entries()];
}
