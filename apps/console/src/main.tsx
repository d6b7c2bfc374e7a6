import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./styles.css";
import { StrictMode } from "react";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { startI18n } from "./i18n.js";
import { styleNonce } from "./style-nonce.js";
import { adoptLinkedWorkspace } from "./layout/chosen-workspace.js";

// What locks the page behind a dialog makes a style element of its own.
setNonce(styleNonce());
startI18n();
adoptLinkedWorkspace(window.location.search);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
