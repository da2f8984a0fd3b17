/**
 * The application's issuer alone, without Next.js, for `watchword check issuer` to look at. It reads the application's own
 * environment, and listens where ISSUER says.
 */

import { createServer } from "node:http";
import { toNodeHandler } from "better-auth/node";
import { createAuth, prepareAuth, readSettings, SettingsError } from "../src/lib/auth/index";

try {
  const settings = readSettings();
  const auth = createAuth(settings);
  await prepareAuth(auth);
  const { hostname, port } = new URL(settings.issuer);
  const handle = toNodeHandler(auth);
  createServer((request, response) => void handle(request, response)).listen(Number(port), hostname);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
