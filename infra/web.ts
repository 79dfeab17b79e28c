/** The browser client, as it is built; unknown paths are pages of it. */
export function createWeb(router: sst.aws.Router) {
  return new sst.aws.StaticSite("Web", {
    path: ".",
    build: { command: "npm run build:web", output: "web/dist" },
    router: { instance: router, path: "/" },
    indexPage: "index.html",
    assets: {
      fileOptions: [
        { files: ["**"], cacheControl: "public,max-age=0,must-revalidate" },
        { files: ["assets/**"], cacheControl: "public,max-age=31536000,immutable" },
      ],
    },
  });
}
