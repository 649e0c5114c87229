// Saves docs/images/answers.en.png and answers.zh.png, the pictures of the README files.
// THAW_URL=http://127.0.0.1:8080 node tests/e2e/screenshot.mjs
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, look, open } from './browser.mjs';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
await mkdir(folder, { recursive: true });
const browser = await launch();
for (const lang of ['en', 'zh']) {
  const { page, finish } = await look(browser, {
    lang,
    width: 1200,
    height: 1000,
  });
  await open(page, '/answers');
  await page.screenshot({ path: `${folder}answers.${lang}.png` });
  await finish();
}
await browser.close();
