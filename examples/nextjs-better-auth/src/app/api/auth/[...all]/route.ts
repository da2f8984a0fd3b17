/** Better Auth, behind its gate, at /api/auth. */

import { server } from "@/lib/server";

export const dynamic = "force-dynamic";

const handle = (request: Request): Promise<Response> => server().auth.handler(request);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
