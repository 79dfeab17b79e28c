import { useState } from "preact/hooks";
import { place } from "../state/router.ts";

/** What stands after `#token=` in a link from a mail. It leaves the address bar and the history at once. */
export function useMailedToken(): string | null {
  const [token] = useState(() => {
    const found = new URLSearchParams(place.value.hash).get("token");
    if (found !== null) history.replaceState(null, "", location.pathname);
    return found;
  });
  return token;
}
