import type { Config } from "#functions/config.ts";
import type { Site } from "../gateway/http.ts";
import { builtWeb } from "./build-cache.ts";
import { openSite } from "./site.ts";

/** The browser client, built first where its sources have changed. */
export async function webSite(
  { publicOrigin }: Pick<Config, "publicOrigin">,
  onProgress: (text: string) => void,
): Promise<Site> {
  return openSite(await builtWeb(onProgress), { isHttps: publicOrigin.startsWith("https:") });
}
