// Yes and no without calibration on the speaking page: simulated eyes follow one of two moving marks
// (40 px of noise, the tracker 150 px beside the truth), as a tracker that moves the pointer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, desk, get } from './speak_desk.mjs';

begin();

/** In the page: eyes that follow a mark 100 ms late, or stare between both, told 30 times a second. */
function follow_mark(mark) {
  const kOff = { x: 120, y: 90 }; // 150 px
  const kSd = 40;
  let state = 9;
  const draw = () => ((state = (state * 48271) % 2147483647) + 0.5) / 2147483647;
  const gauss = () => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  const seen = [];
  globalThis.eyes = setInterval(() => {
    const box = (
      mark
        ? document.querySelector(`[data-mark="${mark}"]`)
        : document.querySelector('[data-pursuit] .marks')
    )?.getBoundingClientRect();
    if (!box) return;
    seen.push({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    const late = seen[Math.max(0, seen.length - 4)];
    const clientX = late.x + kOff.x + kSd * gauss();
    const clientY = late.y + kOff.y + kSd * gauss();
    const moved = { clientX, clientY, pointerType: 'mouse', bubbles: true };
    document.body.dispatchEvent(new PointerEvent('pointermove', moved));
  }, 33);
}

const kSaid = { yes: '是', no: '不是' };
for (const mark of ['yes', 'no'])
  test(`the eyes follow "${mark}" and it is said, 150 px beside the truth`, async () => {
    const { page, finish } = await desk();
    await page.click('[data-panel="more"]');
    await page.click('[data-more="board"]');
    await page.click('[data-act="pursuit"]');
    // The device asks for less movement: the page says why the marks move all the same.
    assert.match(await page.textContent('[data-pursuit] .how'), /圆圈仍会动/);
    await page.evaluate(follow_mark, mark);
    await page.waitForSelector('[data-pursuit]', { state: 'detached', timeout: 20_000 });
    await page.evaluate(() => clearInterval(globalThis.eyes));
    await page.waitForFunction(
      (text) => document.querySelector('.saying')?.textContent.trim() === text,
      kSaid[mark],
    );
    const { said } = await get('/api/speak/said');
    assert.deepEqual(
      said.map((one) => one.text),
      [kSaid[mark]],
    );
    await finish();
  });

test('eyes that follow neither answer nothing, and the keys come back', async () => {
  const { page, finish } = await desk();
  await page.click('[data-panel="more"]');
  await page.click('[data-more="board"]');
  await page.click('[data-act="pursuit"]');
  await page.evaluate(follow_mark, null);
  await page.waitForTimeout(8000);
  assert.equal(await page.locator('[data-pursuit]').count(), 1);
  assert.deepEqual((await get('/api/speak/said')).said, []);
  await page.evaluate(() => clearInterval(globalThis.eyes));
  await page.click('[data-act="pursuit"]');
  assert.equal(await page.locator('[data-board]').count(), 3);
  await finish();
});
