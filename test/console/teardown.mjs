/** After the last file of this folder. */
export default async function teardown() {
  try {
    await globalThis.stopConsoleServices();
  } catch (error) {
    // Thrown, it would take jest's results of all tests with it.
    console.error(error.message);
    process.exitCode = 1;
  }
}
