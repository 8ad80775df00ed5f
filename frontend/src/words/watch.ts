/** Words of the page of a film that was handed on. */
export const watch = {
  title: "A film",
  noSecret: "This link is not whole. Ask for it once more.",
  until: (until: string) => `This link works until ${until}.`,
  own: "Make a film of your own",
  fetch: "Download the film",
};
