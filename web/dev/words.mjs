// Checks the words: every key that the code names stands in the English files, and the Chinese files have the same keys as the English.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const FILES = ['terms.ftl', 'web.ftl', 'pages.ftl'];
const keysOf = (lang) => {
  const keys = new Map();
  for (const file of FILES) {
    let text = '';
    try {
      text = readFileSync(join(web, '../locales', lang, file), 'utf8');
    } catch {
      continue;
    }
    for (const [, key] of text.matchAll(/^([a-zA-Z][\w-]*) *=/gm)) keys.set(key, [...(keys.get(key) ?? []), file]);
  }
  return keys;
};
const sources = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
  const path = join(folder, it.name);
  return it.isDirectory() ? sources(path) : /\.tsx?$/.test(it.name) && !it.name.includes('.test.') ? [path] : [];
});

const english = keysOf('en');
const chinese = keysOf('zh');
const faults = [];
for (const path of sources(join(web, 'src')))
  for (const it of readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([\w-]+)'|<Rich\s+id="([\w-]+)"/g)) {
    const key = it[1] ?? it[2];
    if (!english.has(key)) faults.push(`${path.slice(web.length)}: no English words for '${key}'`);
  }
for (const path of sources(join(web, 'src')))
  for (const [, a, b] of readFileSync(path, 'utf8').matchAll(/\bt\([^()'`]*\? '([\w-]+)' : '([\w-]+)'/g))
    for (const key of [a, b]) if (!english.has(key)) faults.push(`${path.slice(web.length)}: no English words for '${key}'`);
for (const key of english.keys()) if (!chinese.has(key)) faults.push(`zh: no words for '${key}'`);
for (const key of chinese.keys()) if (!english.has(key)) faults.push(`zh: '${key}' is not in English`);
for (const [key, files] of [...english, ...chinese]) if (files.length > 1) faults.push(`'${key}' stands twice: ${files.join(', ')}`);

for (const it of [...new Set(faults)].sort()) console.log(it);
console.log(`${english.size} keys, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
