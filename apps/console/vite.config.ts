import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";
import { mantineStyles } from "./mantine-styles.js";

/** Where `npm run dev` finds the API. */
const API = process.env.HOOKLANE_API_URL ?? "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react(), mantineStyles()],
  // Packages of the repository from their sources, as the tests take them.
  resolve: { conditions: ["@hooklane/source", ...defaultClientConditions] },
  build: {
    // Every file is one of its own: the page's policy allows no `data:` beside pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { port: 4420, proxy: { "/v1": API, "/console": API, "/docs": API } },
});
