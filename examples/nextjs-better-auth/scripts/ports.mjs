/** Looks whether a port is free, before something else stumbles over it. */

import { createServer } from "node:net";

/**
 * End with one sentence where somebody listens on the port.
 *
 * @param {number} port
 * @param {string} variable names another.
 */
export async function requireFreePort(port, variable) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) stop(`${variable} must be a port number from 1 to 65535.`);
  for (const host of ["127.0.0.1", "::1"]) {
    const trouble = await listening(port, host);
    if (trouble === "EADDRINUSE") stop(`Port ${port} is in use. Name another: ${variable}=${port + 1}`);
    if (trouble === "EACCES") stop(`Port ${port} may not be opened by you. Name one above 1023: ${variable}=3000`);
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the reason why nobody could listen there.
 */
function listening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * @param {string} message
 * @returns {never}
 */
export function stop(message) {
  console.error(message);
  process.exit(1);
}
