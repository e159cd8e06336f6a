// `node identity-provider/visitor.js ADDRESS NAME`: somebody in a real browser who opens an address, clicks on what is
// called NAME there, and tells the heading of the page that this leads to.

import { chromium } from "playwright-core";

const [address, name] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // As root, as in many containers, Chromium's sandbox does not start.
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.getByRole("link", { name }).click();
  await page.waitForURL((url) => url.origin !== new URL(address).origin);
  console.log(await page.getByRole("heading", { level: 1 }).textContent());
} finally {
  await browser.close();
}
