/**
 * Of the cookies that a browser sends, leaves Better Auth the one that it made.
 *
 * It takes a name for its own once JavaScript's `trim` has cut from it what browsers leave there: a neighbouring host may
 * set a cookie whose name is a no-break space and then `__Host-session`, and the first of two with one name is read.
 *
 * Source: RFC 6265bis §4.1.3.2, §8.6.
 */

import { COOKIE_NAME } from "./settings";

/** Copy the headers, with the session cookie as the only one; with none where it came twice, since one is not the browser's. */
export function withOwnCookie(headers: Headers): Headers {
  const cookies = (headers.get("cookie") ?? "").split(/;[ \t]*/);
  const [own, second] = cookies.filter((cookie) => cookie.startsWith(`${COOKIE_NAME}=`));
  const copy = new Headers(headers);
  copy.delete("cookie");
  if (own !== undefined && second === undefined) copy.set("cookie", own);
  return copy;
}
