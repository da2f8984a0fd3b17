/** Where the two parties of `make example` listen; whoever imports this has looked whether they may. */

import "./node.mjs";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { requireFreePort } from "./ports.mjs";

export const root = resolve(import.meta.dirname, "..");
export const port = Number(process.env.FRONTEND_PORT || 3100);
export const apiPort = Number(process.env.API_PORT || 8300);
export const issuer = `http://localhost:${port}`;
export const apiUrl = `http://localhost:${apiPort}`;

await requireFreePort(port, "FRONTEND_PORT");
await requireFreePort(apiPort, "API_PORT");

/** Whether the application has been built before. */
export const isBuilt = () => existsSync(resolve(root, ".next/BUILD_ID"));

if (process.argv[1] === import.meta.filename && !isBuilt()) {
  console.log(`Installing and building, once: two or three minutes. Then the application is at ${issuer}.`);
}
