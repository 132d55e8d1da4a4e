// How a page looks to a person: in light and dark, on a desktop and a phone, with large text.
import { join } from 'node:path';

const kDesktop = { width: 1280, height: 800 };
const kPhone = { width: 390, height: 844 };
const kTextSize = 16; // pixels, as browsers have it unless told otherwise

const kLooks = [
  { name: 'desktop_light', viewport: kDesktop, colorScheme: 'light' },
  { name: 'desktop_dark', viewport: kDesktop, colorScheme: 'dark' },
  { name: 'phone_light', viewport: kPhone, colorScheme: 'light' },
  { name: 'phone_dark', viewport: kPhone, colorScheme: 'dark' },
  { name: 'desktop_large_text', viewport: kDesktop, colorScheme: 'light', zoom: 2 },
  { name: 'phone_large_text', viewport: kPhone, colorScheme: 'dark', zoom: 2 },
  // The narrowest that must do without scrolling sideways. WCAG 2.2, 1.4.10
  { name: 'narrowest', viewport: { width: 320, height: 568 }, colorScheme: 'light' },
];

// Runs in the page: its height, by how much it is too wide, and each contrast that a person needs.
// WCAG 2.2, 1.4.3 and 1.4.11
function measure() {
  const transparent = [0, 0, 0, 0];
  function parse(color) {
    if (color === 'none') return transparent;
    const [, list] = /^rgba?\((.*)\)$/.exec(color);
    const [red, green, blue, alpha = 1] = list.split(',').map(Number);
    return [red, green, blue, alpha];
  }
  function over([r, g, b, a], below) {
    return [r, g, b].map((value, at) => value * a + below[at] * (1 - a));
  }
  function background(element) {
    if (!element) return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, background(element.parentElement));
  }
  function luminance(color) {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(color, below) {
    const [light, dark] = [over(parse(color), below), below].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  const contrasts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    const ratio = contrast(getComputedStyle(element).color, background(element));
    contrasts.push({ what: node.data.trim(), ratio, least: 4.5 });
  }
  for (const shape of document.querySelectorAll('svg :is(path, circle)')) {
    const ratio = contrast(getComputedStyle(shape).stroke, background(shape));
    contrasts.push({ what: shape.tagName, ratio, least: 3 });
  }
  for (const button of document.querySelectorAll('button')) {
    const style = getComputedStyle(button);
    const around = background(button.parentElement);
    const ratios = [style.borderTopColor, style.backgroundColor].map((color) => contrast(color, around));
    contrasts.push({ what: `edge of ${button.textContent}`, ratio: Math.max(...ratios), least: 3 });
  }
  const root = document.documentElement;
  return {
    contrasts,
    too_wide: root.scrollWidth - root.clientWidth,
    height: root.scrollHeight,
  };
}

// Shows the page in a window of that size. The size of text is set last: a new window resets it.
async function show(page, session, viewport, textSize) {
  await page.setViewportSize(viewport);
  await session.send('Page.setFontSizes', { fontSizes: { standard: textSize, fixed: textSize } });
  await page.waitForFunction((size) => parseFloat(getComputedStyle(document.body).fontSize) === size, textSize);
}

function inWords({ contrasts, too_wide }) {
  const wrong = contrasts
    .filter(({ ratio, least }) => !(ratio >= least))
    .map(({ what, ratio }) => `contrast of "${what}" is ${ratio.toFixed(2)}`);
  if (too_wide > 0) wrong.push(`${too_wide} pixels too wide`);
  if (contrasts.length === 0) wrong.push('nothing to read');
  return wrong;
}

// Looks at `page` in every way, leaves a screenshot of each in `directory`, and returns what is
// wrong, in words.
export async function faults(page, name, directory) {
  const wrong = [];
  const session = await page.context().newCDPSession(page);
  for (const { name: look, viewport, colorScheme, zoom = 1 } of kLooks) {
    const textSize = kTextSize * zoom;
    await page.emulateMedia({ colorScheme });
    await show(page, session, viewport, textSize);
    const seen = await page.evaluate(measure);
    wrong.push(...inWords(seen).map((fault) => `${look}: ${fault}`));
    await show(page, session, { ...viewport, height: seen.height }, textSize);
    await page.screenshot({ path: join(directory, `${name}_${look}.png`) });
  }
  return wrong;
}
