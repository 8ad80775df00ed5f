// A function of CloudFront, run on each request for a page: turns the address into the name of a file. Pages of which
// there is one file for all ids read their own address. What follows api/pages.py, which does the same on one machine.

// Addresses of pages, `[id]` for any id. Terraform puts in those that frontend/src/app has.
const PAGES = ["PAGES"];

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

const LOST = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not here</title></head>
<body style="font: 1.1rem/1.6 system-ui; margin: 15vh auto; max-width: 30rem; padding: 0 1rem"><h1>There is nothing here.</h1>
<p>The page may have moved, or its address is not whole. <a href="/">To the front door</a></p></body></html>
`;

/** The file of a page's address, or nothing where no page has it. */
function fileOf(address) {
  if (address === "/") return "/index.html";
  const page = PAGES.find((one) => one !== "/" && new RegExp("^" + one.replace(/\[\w+\]/g, ID) + "$").test(address));
  return page && page.replace(/\[\w+\]/g, "_") + ".html";
}

function handler(event) {
  const request = event.request;
  const name = request.uri.slice(request.uri.lastIndexOf("/") + 1);
  // Scripts, pictures and films have endings, and are where they say.
  if (name.includes(".") && !name.endsWith(".html")) return request;
  const file = fileOf(request.uri);
  if (file) {
    request.uri = file;
    return request;
  }
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: { "content-type": { value: "text/html; charset=utf-8" }, "cache-control": { value: "no-store" } },
    body: { encoding: "text", data: LOST },
  };
}
