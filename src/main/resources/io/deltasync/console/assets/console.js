// Says aloud what has changed on an open page, shows when its updates fail, and asks for none while nobody sees the page.
(() => {
	const state = () => Array.from(document.querySelectorAll('[data-tell]'), (part) => part.textContent.replace(/\s+/g, ' ').trim()).join(' ');
	let told = state();
	document.addEventListener('htmx:beforeRequest', (event) => {
		if (document.hidden && event.detail.requestConfig.verb === 'get') {
			event.preventDefault();
		}
	});
	document.addEventListener('htmx:afterSettle', () => {
		const now = state();
		if (now !== told) {
			told = now;
			document.getElementById('told').textContent = now;
		}
	});
	document.addEventListener('htmx:afterRequest', (event) => {
		const status = event.detail.xhr.status;
		const updated = status >= 200 && status < 400;
		// 401 leads to the page on which people sign in
		document.getElementById('stale').hidden = updated || status === 401;
	});
})();
