interface ImportMeta {
  /** What Vite puts in. */
  readonly env: { readonly PROD: boolean };
}

declare module "*.css";
