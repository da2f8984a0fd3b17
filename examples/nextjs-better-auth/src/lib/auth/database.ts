/** Opens the one database: a SQLite file, or PostgreSQL where the settings name it. */

import { closeSync, openSync } from "node:fs";
import { SqliteDialect } from "kysely";
import Database from "libsql";
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

/** Say how Better Auth speaks to it: `libsql`, which comes ready to run, is none of the drivers that it knows by their looks. */
export function adapted(database: Connection) {
  if (database instanceof Pool) return database;
  return { dialect: new SqliteDialect({ database }), type: "sqlite" as const, transaction: true };
}
