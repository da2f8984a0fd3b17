/** The backend-for-frontend: this server calls the API, and the browser never holds a token. */

import { callApi } from "@/lib/bff";
import { server } from "@/lib/server";

export const dynamic = "force-dynamic";

async function handle(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const { auth, settings } = server();
  return callApi(request, `/${(await params).path.join("/")}`, auth, settings);
}

export { handle as GET, handle as POST };
