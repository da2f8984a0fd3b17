/** Opens the one database: a SQLite file, or PostgreSQL where the settings name it. */

import { closeSync, openSync } from "node:fs";
import Database from "better-sqlite3";
import { Pool } from "pg";
import { SettingsError } from "./settings";

export type Connection = Database.Database | Pool;

/**
 * Open the database.
 *
 * @throws SettingsError: the file cannot be written.
 */
export function openDatabase(location: string): Connection {
  if (/^postgres(ql)?:\/\//.test(location)) return new Pool({ connectionString: location });
  try {
    // SQLite opens a read-only file gladly and fails at the first sign-in.
    if (location !== ":memory:") closeSync(openSync(location, "a", 0o600));
    const database = new Database(location);
    database.pragma("journal_mode = WAL");
    database.pragma("busy_timeout = 5000");
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`DATABASE_URL names "${location}", which cannot be written: ${reason}.`, { cause: error });
  }
}

/** Close it, so that the process can end. */
export async function closeDatabase(database: Connection): Promise<void> {
  if (database instanceof Pool) await database.end();
  else database.close();
}
