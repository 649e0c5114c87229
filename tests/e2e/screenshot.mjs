// Saves docs/images/answers.en.png and answers.zh.png, the pictures of the README files; with a folder,
// every page there, in both languages at 1280 and 360 px, for looking at them.
// THAW_URL=http://127.0.0.1:8080 node tests/e2e/screenshot.mjs [FOLDER]
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { addresses, launch, look, open } from './browser.mjs';

const kReadme = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const folder = process.argv[2] ?? kReadme;
const pages = process.argv[2] ? await addresses() : { answers: '/answers' };
const sizes = process.argv[2] ? [1280, 360] : [1200];
await mkdir(folder, { recursive: true });
const browser = await launch();
for (const lang of ['en', 'zh']) {
  for (const width of sizes) {
    const { page, finish } = await look(browser, { lang, width, height: 1000 });
    await page.addInitScript(() => localStorage.setItem('thaw.curator', 'mei'));
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path);
      const size = process.argv[2] ? `.${width}` : '';
      await page.screenshot({
        path: `${folder}/${name}.${lang}${size}.png`,
        fullPage: Boolean(process.argv[2]),
      });
    }
    await finish();
  }
}
await browser.close();
