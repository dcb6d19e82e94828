// Asks Pagefind or MiniSearch what bench asks our own index, and prints for each query the first ten results.
//
// node rivals.mjs pagefind <address of its folder> <pagefind.js> <queries.json>
// node rivals.mjs minisearch <articles.jsonl> <its module> <queries.json>
//
// Not here: what the answers are worth (ranking.rs).

import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [engine, source, module, queriesFile] = process.argv.slice(2);
// [{ words, slip }]: whether a letter may be wrong, which MiniSearch has to be told.
const queries = JSON.parse(readFileSync(queriesFile, "utf8"));
const answers = engine === "pagefind" ? await pagefind() : await minisearch();
process.stdout.write(JSON.stringify(answers));

async function pagefind() {
  const pagefind = await import(pathToFileURL(module).href);
  await pagefind.options({ basePath: source });
  await pagefind.init();
  // A result is named by its fragment, and only that knows the page.
  const pages = new Map();
  const answers = [];
  for (const { words } of queries) {
    const { results } = await pagefind.search(words);
    const first = results.slice(0, 10);
    for (const result of first) {
      if (!pages.has(result.id)) {
        const { url } = await result.data();
        pages.set(result.id, Number(url.match(/(\d+)(\.html)?\/?$/)[1]));
      }
    }
    answers.push(first.map((result) => pages.get(result.id)));
  }
  return answers;
}

async function minisearch() {
  const { default: MiniSearch } = await import(pathToFileURL(module).href);
  const fold = (word) => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const index = new MiniSearch({
    idField: "number",
    fields: ["title", "lead", "body"],
    tokenize: (text) => text.normalize("NFC").split(/[^\p{L}\p{N}]+/u).filter(Boolean),
    processTerm: fold,
    searchOptions: { boost: { title: 4, lead: 2 } },
  });
  for await (const line of createInterface({ input: createReadStream(source) })) {
    index.add(JSON.parse(line));
  }
  return queries.map(({ words, slip }) => {
    const fuzzy = slip ? 1 : false;
    const all = index.search(words, { combineWith: "AND", fuzzy });
    const found = all.length > 0 ? all : index.search(words, { combineWith: "OR", fuzzy });
    return found.slice(0, 10).map((result) => result.id);
  });
}
