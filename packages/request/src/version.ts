/** Of this package; shown to receivers as `Hooklane/<version>`. A test compares it with package.json. */
export const VERSION = "0.1.0";
