// Renders Cucumber Messages with the official formatter: `node formatter.mjs messages.ndjson report.html`.
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CucumberHtmlStream } from "@cucumber/html-formatter";

const [messages, report] = process.argv.slice(2);
const lines = createInterface({ input: createReadStream(messages, "utf-8") });

async function* envelopes() {
  for await (const line of lines) yield JSON.parse(line);
}

await pipeline(Readable.from(envelopes()), new CucumberHtmlStream(), createWriteStream(report));
