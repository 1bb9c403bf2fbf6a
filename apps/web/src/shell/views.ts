/** The views of the site, in the order of the navigation. A view is a folder of src/views/ and a door in app/. */
export const views = [
  { path: "/", title: "Gallery" },
  { path: "/generate/", title: "Generate" },
  { path: "/complete/", title: "Complete" },
  { path: "/inspect/", title: "Inspect" },
  { path: "/teach/", title: "Teach" },
  { path: "/compress/", title: "Compress" },
  { path: "/explain/", title: "Explain" },
] as const;
