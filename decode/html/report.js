'use strict';
// Sorts tables by a click on, or Enter within, the head of a column, and hides the rows that a word is not in.
for (const table of document.querySelectorAll('table.s')) {
	const body = table.tBodies[0];
	const heads = [...table.tHead.rows[0].cells];
	const rows = [...body.rows];
	const tree = table.id === 't-processes';
	const value = (row, i) => {
		const v = row.cells[i].dataset.v;
		return v === undefined ? row.cells[i].textContent : BigInt(v);
	};
	const sort = (i, down) => {
		const home = tree && heads[i].textContent === 'Process';
		const sorted = rows.map((row, n) => [home ? n : value(row, i), row]);
		if (!home)
			sorted.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (down ? -1 : 1));
		body.replaceChildren(...sorted.map((pair) => pair[1]));
		for (const head of heads)
			head.removeAttribute('aria-sort');
		heads[i].setAttribute('aria-sort', down && !home ? 'descending' : 'ascending');
		if (tree)
			table.classList.toggle('flat', !home);
	};
	if (rows.length < 2)
		continue;
	heads.forEach((head, i) => {
		if (head.dataset.fixed !== undefined)
			return;
		const button = document.createElement('button');
		button.type = 'button';
		button.append(...head.childNodes);
		head.append(button);
		button.addEventListener('click', () => {
			const now = head.getAttribute('aria-sort');
			const number = rows.some((row) => row.cells[i].dataset.v !== undefined);
			sort(i, now ? now === 'ascending' : number);
		});
	});
	if (rows.length < 8)
		continue;
	const field = document.createElement('input');
	field.type = 'search';
	field.placeholder = 'filter ' + rows.length + ' rows';
	field.setAttribute('aria-label', 'show only rows of this table with these letters');
	field.addEventListener('input', () => {
		const wanted = field.value.toLowerCase();
		for (const row of rows)
			row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted);
	});
	table.parentNode.before(field);
}
