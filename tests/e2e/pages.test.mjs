// pages.test.mjs — every role walks the pages it can reach: they answer, fit the phone, are valid HTML and pass axe; the home page is light.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, browser, desktop, look, overflow, password, person, phone, serve, valid } from './lib.mjs';

const roles = ['bithu', 'dangvien', 'canbo', 'tinhuy', 'kiemtra', 'quantri'];
const checked = new Set(); // shapes of pages that a role before has shown to be in order
let server, web;

before(async () => {
	server = await serve('commune');
	web = await browser();
});
after(async () => {
	await web?.close();
	await server?.stop();
});

// Two addresses of the same shape look alike: numbers and query are left out when deciding what was seen.
const shape = (url) => url.pathname.replace(/\d{4,}/g, 'N') + [...url.searchParams.keys()].sort().join('&');

async function links(page) {
	const hrefs = await page.$$eval('a[href]', (as) => as.map((a) => a.href));
	return hrefs.map((h) => new URL(h)).filter((u) => u.origin === server.base && !/\/(export|assets|sign-out)|\/file$|openapi|format=|\/me\/(export|data)|\.(csv|xlsx|json)/.test(u.pathname + u.search));
}

for (const role of roles) {
	test(`${role} reaches only pages that answer, fit, are valid and accessible`, async () => {
		const page = await person(web, server, role, phone);
		const seen = new Set(), wrong = [];
		const waiting = [new URL('/', server.base)];
		while (waiting.length && seen.size < 90) {
			const url = waiting.shift();
			if (seen.has(shape(url))) continue;
			seen.add(shape(url));
			const answer = await page.goto(url.href);
			const where = url.pathname + url.search;
			if (answer.status() >= 400) { wrong.push(`${where}: ${answer.status()}`); continue; }
			waiting.push(...(await links(page)));
			if (checked.has(shape(url)) && url.pathname !== '/') continue;
			checked.add(shape(url));
			if (!/text\/html/.test(answer.headers()['content-type'])) continue;
			const wide = await overflow(page);
			if (wide > 0) wrong.push(`${where}: ${wide} pixels wider than the phone`);
			for (const finding of await valid(page, url.href)) wrong.push(`${where}: ${finding}`);
			for (const finding of await accessibility(page)) wrong.push(`${where}: ${finding}`);
		}
		assert.deepEqual(wrong, []);
		assert.ok(seen.size >= 4, `only ${seen.size} pages reached`);
	});
}

test('the first visit of a cell\'s page weighs at most 30 KB, the next at most 5 KB', async () => {
	const page = await person(web, server, 'bithu', phone);
	const own = (await links(page)).find((u) => /^\/units\/\d+$/.test(u.pathname));
	const weigh = async (context) => {
		const p = await context.newPage();
		const session = await context.newCDPSession(p);
		let bytes = 0;
		await session.send('Network.enable');
		session.on('Network.loadingFinished', (e) => (bytes += e.encodedDataLength));
		await p.goto(own.href, { waitUntil: 'networkidle' });
		await p.close();
		return bytes;
	};
	const fresh = await web.newContext({ viewport: phone, locale: 'vi-VN', baseURL: server.base });
	await fresh.addCookies(await page.context().cookies());
	const first = await weigh(fresh), second = await weigh(fresh);
	assert.ok(first <= 30 * 1024, `first visit ${first} bytes`);
	assert.ok(second <= 5 * 1024, `second visit ${second} bytes`);
});

test('the pages of a cell\'s year are found from its home, fit, are valid and accessible, and weigh at most 5 KB after the first visit', async () => {
	const page = await person(web, server, 'bithu', phone);
	const weigh = async (address) => {
		const p = await page.context().newPage();
		const session = await page.context().newCDPSession(p);
		let bytes = 0;
		await session.send('Network.enable');
		session.on('Network.loadingFinished', (e) => (bytes += e.encodedDataLength));
		await p.goto(address, { waitUntil: 'networkidle' });
		await p.close();
		return bytes;
	};
	const of = async (pattern) => (await links(page)).map((u) => u.pathname + u.search).find((u) => pattern.test(u));
	const year = await of(/^\/units\/\d+\/year$/);
	await page.goto(year);
	const members = await of(/\/year\/members/), four = (await of(/^\/cases\/\d+\/check/)).replace(/\/check.*/, '');
	const pages = [year, `${year}/register?year=2026`, members, four, `${four}/sheet?stage=self`, `${four}/sheet?stage=half_year`, `${four}/vote?stage=voted`,
		`${four}/check`, `${four}/evidence`, `${four}/appeal`, `${four}/steps/withdraw`, '/me/year'];
	const wrong = [];
	for (const address of pages) {
		const bytes = await weigh(address);
		if (bytes > 5 * 1024) wrong.push(`${address}: ${bytes} bytes`);
		const answer = await page.goto(address);
		if (answer.status() >= 400) wrong.push(`${address}: ${answer.status()}`);
		if (await overflow(page) > 0) wrong.push(`${address}: wider than the phone`);
		for (const finding of [...(await valid(page, address)), ...(await accessibility(page))]) wrong.push(`${address}: ${finding}`);
	}
	await page.goto(year);
	await page.emulateMedia({ media: 'print' });
	if (await page.locator('header.top nav').evaluateAll((n) => n.filter((e) => e.offsetParent).length)) wrong.push('navigation is printed');
	assert.deepEqual(wrong, []);
});

test('sign-in refuses a wrong password in plain words and keeps the name typed', async () => {
	const page = await person(web, server, null, phone);
	await page.goto('/sign-in');
	await page.fill('[name=login]', 'canbo');
	await page.fill('[name=password]', `${password}x`);
	await page.click('main button.primary');
	await page.waitForLoadState();
	assert.equal(await page.inputValue('[name=login]'), 'canbo');
	assert.equal(await page.inputValue('[name=password]'), '');
	assert.ok(await page.locator('.errors, [role=alert]').count());
	await look(page, 'sign-in-wrong-360');
});

test('everything also works in English and without scripts', async () => {
	const page = await person(web, server, 'canbo', desktop, { javaScriptEnabled: false });
	await page.click('details.me summary');
	await page.click('details.me button[value=en]');
	await page.waitForLoadState();
	assert.equal(await page.getAttribute('html', 'lang'), 'en');
	await look(page, 'home-english-1280');
});

test('pages print clean: no navigation on A4', async () => {
	const page = await person(web, server, 'canbo', desktop);
	await page.emulateMedia({ media: 'print' });
	assert.equal(await page.locator('header.top nav').evaluateAll((n) => n.filter((e) => e.offsetParent).length), 0);
	const pdf = await page.pdf({ format: 'A4' });
	assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
});
