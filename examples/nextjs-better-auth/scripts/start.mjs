/** Starts the built application: `npm start`. The settings are looked at by src/preparation.ts. */

import "./node.mjs";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { requireFreePort, stop } from "./ports.mjs";

const root = new URL("..", import.meta.url).pathname;
const port = process.env.PORT || "3000";

if (!existsSync(`${root}.next/BUILD_ID`)) stop("The application is not built yet: npm run build");
await requireFreePort(Number(port), "PORT");

const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--hostname", "localhost", "--port", port], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => next.kill(signal));
next.on("exit", (code) => process.exit(code ?? 0));
