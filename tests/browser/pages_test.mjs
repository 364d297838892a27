// The pages as a person meets them: a real browser, no JavaScript, a desk's screen and a phone's.
// `dreams demo` plays the account; TEST_PROGRAM names the binary, else build/release/dreams.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.TEST_PROGRAM ?? join(root, 'build/release/dreams');
const screenshots = process.env.TEST_SCREENSHOTS; // a folder: the pages are kept there as pictures
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

let demo, url, browser;

before(async () => {
    assert.ok(existsSync(program), `${program} is not built`);
    demo = spawn(program, ['demo', '--port', '0', '--seed', '7']);
    url = await new Promise((resolve, reject) => {
        let said = '';
        demo.stdout.on('data', (bytes) => {
            said += bytes;
            const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
            if (found) resolve(found[0]);
        });
        demo.on('exit', () => reject(new Error(`dreams demo ended: ${said}`)));
    });
    browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
               '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
});

after(async () => {
    await browser?.close();
    demo?.kill('SIGTERM');
});

async function open(path, { width = 1280, height = 900, javaScriptEnabled = false } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled, bypassCSP: true });
    const page = await context.newPage();
    const answer = await page.goto(url + path);
    assert.equal(answer.status(), 200, path);
    return page;
}

/** Clicks what leads to another page, and waits until that is there. */
async function follow(page, link) {
    await link.click();
    await page.waitForLoadState();
}

async function picture(page, name) {
    if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

test('the call list says whom to call and why, and leads to the person', async () => {
    const page = await open('/');
    assert.match(await page.title(), /Calls/);
    const people = page.locator('main a[href^="/people/"]');
    assert.ok(await people.count() >= 10, 'fewer than ten people to call');
    assert.ok(await page.locator('main a[href^="tel:"]').count() >= 10, 'phones are no links');
    await picture(page, 'calls');
    const name = (await people.first().innerText()).trim();
    await follow(page, people.first());
    assert.equal((await page.locator('h1').first().innerText()).includes(name), true);
    await picture(page, 'person');
    await page.context().close();
});

test('who was called or is put off leaves the list, where they stood, and comes back with an undo', async () => {
    for (const width of [1280, 390]) {
        const page = await open('/calls', { width });
        const name = (await page.locator('#rank-3 h2').innerText()).trim();
        const next = (await page.locator('#rank-4 h2').innerText()).trim();
        await follow(page, page.locator('#rank-3 button', { hasText: 'Not today' }));
        assert.match(page.url(), /#rank-3$/);
        assert.equal((await page.locator('#rank-3 h2').innerText()).trim(), next);
        assert.match(await page.locator('.done').innerText(), /Done today 1/);
        await picture(page, `calls-done-${width}`);
        await follow(page, page.locator('.kept button'));
        assert.equal((await page.locator('#rank-3 h2').innerText()).trim(), name);
        await page.locator('.further summary').click();
        assert.ok(await page.locator('#rank-21').isVisible(), 'the rest of the list stays shut');
        await page.context().close();
    }
});

test('a note and a next step are kept on a person, and taken back', async () => {
    const page = await open('/calls');
    await follow(page, page.locator('#rank-1 h2 a'));
    await page.locator('textarea[name=note]').fill('Wants a porch.');
    await page.locator('input[name=next_action]').fill('Send maps');
    await follow(page, page.getByRole('button', { name: 'Keep' }).first());
    assert.match(await page.locator('#next').locator('..').innerText(), /Send maps/);
    assert.match(await page.locator('.timeline').first().innerText(), /Wants a porch/);
    await follow(page, page.locator('.kept button'));
    assert.match(await page.locator('#next').locator('..').innerText(), /None is planned/);
    await page.context().close();
});

test('people are found by a part of their name, sorted and paged', async () => {
    const page = await open('/people');
    const total = await page.locator('main a[href^="/people/"]').count();
    assert.ok(total >= 40);
    await picture(page, 'people');
    const name = (await page.locator('main a[href^="/people/"]').nth(5).innerText()).trim();
    await page.goto(`${url}/people?search=${encodeURIComponent(name.toUpperCase())}`);
    assert.ok((await page.locator('main').innerText()).includes(name));
    await page.goto(`${url}/people?search=nobody-is-called-so`);
    assert.equal(await page.locator('main a[href^="/people/"]').count(), 0);
    assert.ok((await page.locator('main').innerText()).length > 20, 'an empty list says nothing');
    await page.context().close();
});

test('homes are filtered, shown as photos and on a map, and lead to who looks at them', async () => {
    const page = await open('/properties');
    assert.ok(await page.locator('main a[href^="/properties/"]').count() >= 40);
    await picture(page, 'properties');
    await page.goto(`${url}/properties?view=photos`);
    const photo = page.locator('main img').first();
    assert.ok(await photo.evaluate((each) => each.complete && each.naturalWidth > 0), 'no photo');
    await picture(page, 'properties-photos');
    await page.goto(`${url}/properties?view=map`);
    assert.ok(await page.locator('main svg circle').count() >= 10, 'a map without homes');
    await picture(page, 'properties-map');
    await page.goto(`${url}/properties?search=nowhere+at+all`);
    assert.equal(await page.locator('main a[href^="/properties/"]').count(), 0);

    await page.goto(`${url}/properties?status=active`);
    await follow(page, page.locator('main a[href^="/properties/"]').first());
    assert.match(page.url(), /\/properties\/[^?]+/);
    assert.ok((await page.locator('main').innerText()).includes('MLS'));
    await picture(page, 'home');
    await page.context().close();
});

test('a listing file is looked at, imported and taken back', async () => {
    const page = await open('/imports');
    await page.locator('input[type=file]').setInputFiles({
        name: 'redfin_2026-01-10.csv', mimeType: 'text/csv',
        buffer: readFileSync(join(root, 'tests/fixtures/listings/redfin_2024.csv'))});
    await follow(page, page.locator('main button').first());
    assert.match(await page.locator('main').innerText(), /18 Laurel Knob R/);
    await picture(page, 'import-preview');
    await follow(page, page.getByRole('button', { name: /^import/i }).first());
    assert.match(await page.locator('main').innerText(), /redfin_2026-01-10\.csv/);
    await page.goto(`${url}/properties?search=laurel+knob`);
    assert.ok(await page.locator('main a[href^="/properties/"]').count() >= 1, 'nothing came in');
    await page.goto(`${url}/imports`);
    await page.locator('main tr', { hasText: 'redfin_2026-01-10' }).locator('summary').click();
    await follow(page, page.locator('main tr', { hasText: 'redfin_2026-01-10' }).locator('button'));
    await page.goto(`${url}/properties?search=18+laurel+knob`);
    assert.equal(await page.locator('main a[href^="/properties/"]').count(), 0, 'the undo left something');
    await page.context().close();
});

test('a way back from an import leads to what came of it, and asks for nothing to be sent again', async () => {
    const page = await open('/imports');
    await page.locator('input[type=file]').setInputFiles({
        name: 'redfin_2026-01-11.csv', mimeType: 'text/csv',
        buffer: readFileSync(join(root, 'tests/fixtures/listings/redfin_2024.csv'))});
    await follow(page, page.getByRole('button', { name: /show what they say/i }));
    assert.match(page.url(), /\/imports\/uploads\/[0-9a-f]+$/);
    const again = await page.reload();
    assert.equal(again.request().method(), 'GET');
    await follow(page, page.getByRole('button', { name: /^import/i }).first());
    assert.match(page.url(), /\/imports\/\d+$/);
    const done = page.url();
    await page.goBack();
    assert.equal(page.url(), done);
    await follow(page, page.getByRole('button', { name: /^undo import/i }));
    await page.context().close();
});

test('files of too many bytes are refused with a page that leads back', async () => {
    const page = await open('/imports');
    const folder = mkdtempSync(join(tmpdir(), 'dreams-browser-'));
    writeFileSync(join(folder, 'everything.csv'), Buffer.alloc(33 << 20, 'a,b\n'));
    await page.locator('input[type=file]').setInputFiles(join(folder, 'everything.csv'));
    await follow(page, page.getByRole('button', { name: /show what they say/i }));
    rmSync(folder, { recursive: true });
    assert.match(await page.locator('main').innerText(), /larger than 32 MB together/);
    await follow(page, page.getByRole('link', { name: /back to the imports/i }));
    assert.match(await page.locator('h1').innerText(), /Imports/);
    await page.context().close();
});

test('on a phone buttons of tables are in sight, and homes on the map can be hit', async () => {
    for (const path of ['/imports', '/notion', '/timetable', '/file', '/doubtful']) {
        const page = await open(path, { width: 390, height: 844 });
        for (const summary of await page.locator('main table summary').all()) await summary.click();
        for (const button of await page.locator('main table button').all()) {
            const box = await button.boundingBox();
            assert.ok(box && box.x >= 0 && box.x + box.width <= 390 && box.height >= 24,
                      `${path}: ${await button.innerText()} is out of sight`);
        }
        await picture(page, `phone${path.replaceAll('/', '-')}`);
        await page.context().close();
    }
    const page = await open('/properties?view=map', { width: 390, height: 844 });
    const map = await page.locator('.map svg:visible').boundingBox();
    assert.ok(map.height >= 400, `the map is ${map.height} pixels high`);
    const homes = await page.locator('.map svg:visible circle').all();
    assert.ok(homes.length >= 5, 'a map without homes');
    for (const home of homes) {
        const box = await home.boundingBox();
        assert.ok(box.width >= 24 && box.height >= 24, `${box.width} pixels are hard to hit`);
    }
    await picture(page, 'phone-map');
    await page.context().close();
});

test('a home that fits a buyer is sent, and taken back', async () => {
    const page = await open('/matches');
    const cards = () => page.locator('main .match').count();
    assert.ok(await cards() >= 5, 'the demo has hardly a match');
    await picture(page, 'matches');
    const card = page.locator('main .match').first();
    const who = (await page.locator('main .buyer h2 a').first().innerText()).trim();
    await card.locator('summary').first().click();
    assert.match(await card.locator('table').innerText(), /Price/);
    await follow(page, card.getByRole('button', { name: /^mark as sent/i }));
    assert.ok((await page.locator('.kept').innerText()).includes(who));
    await page.goto(`${url}/matches?status=sent`);
    assert.equal(await cards(), 1);
    assert.ok((await page.locator('main .buyer').innerText()).includes(who));
    await follow(page, page.getByRole('button', { name: /^undo/i }));
    await page.goto(`${url}/matches?status=sent`);
    assert.equal(await cards(), 0, 'the undo left it sent');
    await page.context().close();
});

test('a doubtful pair is joined, and parted again', async () => {
    const page = await open('/doubtful');
    await picture(page, 'doubtful');
    const address = (await page.locator('main article thead a').first().innerText()).trim();
    const rows = async () => {
        await page.goto(`${url}/properties?search=${encodeURIComponent(address)}`);
        const count = await page.locator('main tbody tr').count();
        await page.goto(`${url}/doubtful`);
        return count;
    };
    assert.equal(await rows(), 2, 'the demo has no doubtful pair');
    await follow(page, page.getByRole('button', { name: /keep the first/i }).first());
    assert.match(await page.locator('main [role=status]').innerText(), /one home now/);
    assert.equal(await rows(), 1);
    await follow(page, page.getByRole('button', { name: /^undo join/i }).first());
    assert.match(await page.locator('main [role=status]').innerText(), /to be decided/);
    assert.equal(await rows(), 2);
    assert.ok((await page.locator('main article').allInnerTexts()).some((each) => each.includes(address)),
              'the pair is not back');
    await follow(page, page.locator('main article', { hasText: address }).getByRole('button', { name: /^two homes/i }));
    await follow(page, page.getByRole('button', { name: /^undo.*are two/i }).first());
    assert.match(await page.locator('main [role=status]').innerText(), /to be decided/);
    await page.context().close();
});

test('the morning page says whom to call and leads to them', async () => {
    const page = await open('/brief');
    const main = page.locator('main');
    for (const heading of ['Call today', 'Waiting for an answer', 'What changed', 'Hot homes', 'New people',
                           'New suggestions'])
        assert.equal(await main.getByRole('heading', { name: heading, exact: true }).count(), 1, heading);
    const calls = page.locator('section[aria-labelledby="brief-calls"]');
    assert.ok(await calls.locator('li').count() > 0, 'somebody is to be called');
    assert.ok(await calls.locator('li').count() <= 10, 'ten at most');
    assert.equal(await page.locator('nav a[aria-current="page"]').innerText(), 'Today');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('nav').first().isVisible(), false, 'paper has nothing to click on');
    await follow(page, calls.locator('h3 a').first());
    assert.match(page.url(), /\/people\//);
    await page.context().close();
});

test('the sync runs are listed', async () => {
    const page = await open('/syncs');
    assert.ok((await page.locator('main').innerText()).includes('fub') ||
              (await page.locator('main').innerText()).includes('Follow Up Boss'));
    await picture(page, 'syncs');
    await page.context().close();
});

for (const [screen, size] of Object.entries({ desk: [1280, 900], phone: [390, 844] })) {
    test(`no page scrolls sideways or shuts anybody out on a ${screen}`, async () => {
        const person = await open('/').then(async (page) => {
            const href = await page.locator('main a[href^="/people/"]').first().getAttribute('href');
            await page.context().close();
            return href;
        });
        const home = await open('/properties').then(async (page) => {
            const href = await page.locator('main a[href^="/properties/"]').first().getAttribute('href');
            await page.context().close();
            return href;
        });
        for (const path of ['/', '/brief', '/people', person, '/properties', '/properties?view=photos',
                            '/properties?view=map', home, '/matches', '/matches?status=sent', '/imports', '/doubtful', '/notion',
                            '/syncs', '/timetable', '/file', '/dictionary']) {
            const page = await open(path, { width: size[0], height: size[1], javaScriptEnabled: true });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
            const cut = await page.evaluate(() => [...document.querySelectorAll('.scroll')]
                .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.getAttribute('aria-label')));
            if (path !== '/dictionary') assert.deepEqual(cut, [], `${path}: a table is cut off`);
            await page.evaluate(axe);
            const found = await page.evaluate(() => window.axe.run());
            assert.deepEqual(found.violations.map((each) => each.id), [], path);
            if (path === '/') await picture(page, `calls-${screen}`);
            if (path === '/brief') await picture(page, `brief-${screen}`);
            await page.context().close();
        }
    });
}
