import {
  createTheme,
  DEFAULT_THEME,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  MantineProvider,
  mergeThemeOverrides,
} from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueryClient } from "./api/query-client.js";
import { createAppRouter } from "./router.js";
import { styleNonce } from "./style-nonce.js";

/** Mantine's teal, at its end dark enough that it is read on white and on its own lightest shade (WCAG AA). */
const BRAND: MantineColorsTuple = [
  "#e6fcf5",
  "#c3fae8",
  "#96f2d7",
  "#63e6be",
  "#38d9a9",
  "#20c997",
  "#12b886",
  "#0ca678",
  "#08785a",
  "#05604a",
];

/** Mantine's, with an end dark enough to be read on its lightest shade; those that are not named are. */
const darkened = (name: "orange" | "yellow", darkest: string): MantineColorsTuple => {
  const [a, b, c, d, e, f, g, h, i] = DEFAULT_THEME.colors[name];
  return [a, b, c, d, e, f, g, h, i, darkest];
};

const theme = createTheme({
  colors: { brand: BRAND, orange: darkened("orange", "#9a3412"), yellow: darkened("yellow", "#7a4a00") },
  primaryColor: "brand",
  // White is read on both: what stands on a button is chosen once for all colour schemes.
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: "md",
  fontFamily: "system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, monospace",
});

/** Of what Mantine says in grey and red, the shades that are read on the page (WCAG AA). Placeholders tell what to do, too. */
const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c636a",
    "--mantine-color-placeholder": "#5c636a",
    "--mantine-color-error": "#c92a2a",
  },
  dark: {
    "--mantine-color-dimmed": "#a6a7ab",
    "--mantine-color-placeholder": "#a6a7ab",
    "--mantine-color-error": "#ff8787",
  },
});

/** Buttons that are only a cross say what they do. */
function useLabelledTheme() {
  const { t } = useTranslation();
  return useMemo(() => {
    const labelled = { defaultProps: { "aria-label": t("close") } };
    return mergeThemeOverrides(theme, { components: { CloseButton: labelled, ModalCloseButton: labelled } });
  }, [t]);
}

export function App() {
  const labelledTheme = useLabelledTheme();
  const [client] = useState(createQueryClient);
  const [router] = useState(createAppRouter);
  return (
    <MantineProvider
      theme={labelledTheme}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      cssVariablesResolver={resolveVariables}
    >
      <Notifications position="top-right" />
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
