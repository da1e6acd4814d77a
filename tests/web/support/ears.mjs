// Hears what a page plays: every tone that its synthesiser is told to start, with the moment and the pitch.
export async function listen(page) {
  await page.addInitScript(() => {
    window.__tones = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      window.__tones.push({ at: performance.now(), hz: Math.round(this.frequency.value), when });
      return start.call(this, when);
    };
  });
}
export const tones = (page) => page.evaluate(() => window.__tones);
/** How many tones have been started since this moment of the page's own clock. */
export const tones_since = (page, at) => page.evaluate((since) => window.__tones.filter((one) => one.at > since).length, at);
export const page_time = (page) => page.evaluate(() => performance.now());
