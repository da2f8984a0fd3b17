/** Looks at the settings, and makes the tables and the first key; ends with one sentence where one of them cannot be. */

import { prepareAuth, SettingsError } from "./lib/auth";
import { server } from "./lib/server";

export async function prepare(): Promise<void> {
  try {
    await prepareAuth(server().auth);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(error instanceof SettingsError ? reason : `The database that DATABASE_URL names cannot be prepared: ${reason}. Start it, or name another.`);
    process.exit(1);
  }
}
