// SPDX-License-Identifier: GPL-2.0-or-later
// trace_processor FOLDER TRACE: Perfetto's own trace processor, as WebAssembly in the npm package at FOLDER, reads the trace, and
// answers the SQL of standard input, a query a line: a line of values with | between them for each row, and an empty one behind.
'use strict';
const fs = require('fs'), path = require('path'), vm = require('vm');
const [folder, trace] = process.argv.slice(2);

// Protocol Buffers, as far as trace_processor.proto needs them.
function varint(n) {
	const bytes = [];
	for (n = BigInt(n); n > 127n; n >>= 7n)
		bytes.push(Number(n & 127n) | 128);
	return Buffer.from([...bytes, Number(n)]);
}
const number = (field, n) => Buffer.concat([varint(field << 3), varint(n)]);
const bytes = (field, b) => Buffer.concat([varint(field << 3 | 2), varint(b.length), b]);
function readVarint(b, at) {
	let n = 0n, shift = 0n;
	for (; b[at.i] & 128; shift += 7n)
		n |= BigInt(b[at.i++] & 127) << shift;
	return n | BigInt(b[at.i++]) << shift;
}
function* fields(b) {
	for (const at = { i: 0 }; at.i < b.length;) {
		const tag = Number(readVarint(b, at)), wire = tag & 7;
		let value;
		if (wire === 0) {
			value = readVarint(b, at);
		} else {
			const size = wire === 1 ? 8 : wire === 5 ? 4 : Number(readVarint(b, at));
			value = b.subarray(at.i, at.i += size);
		}
		yield [tag >> 3, value];
	}
}
const INVALID = 0, NULL = 1, VARINT = 2, FLOAT = 3, STRING = 4;

let onReply, stream = Buffer.alloc(0);
const port = { postMessage: data => reply(Buffer.from(data)) };
// Replies are a stream of messages, however they are cut.
function reply(data) {
	stream = Buffer.concat([stream, data]);
	for (;;) {
		const at = { i: 1 };
		let i = 1;
		while (i < stream.length && stream[i] & 128)
			i++;
		if (i >= stream.length)
			return;
		const size = Number(readVarint(stream, at));
		if (stream.length < at.i + size)
			return;
		const message = stream.subarray(at.i, at.i + size);
		stream = stream.subarray(at.i + size);
		onReply(message);
	}
}
let sequence = 0;
function ask(method, ...args) {
	port.onmessage({ data: bytes(1, Buffer.concat([number(1, sequence++), number(2, method), ...args])) });
}
const turn = () => new Promise(resolve => setImmediate(resolve));
async function query(sql) {
	const rows = [], row = [];
	let columns = 0, error = '', over = false;
	onReply = message => {
		for (const [field, result] of fields(message)) {
			if (field !== 203)
				continue;
			for (const [part, value] of fields(result)) {
				if (part === 1) columns++;
				if (part === 2) error = value.toString();
				over ||= error !== '';
				if (part !== 3) continue;
				const batch = { cells: [], numbers: [], floats: [], strings: [] };
				for (const [kind, data] of fields(value)) {
					const at = { i: 0 };
					over ||= kind === 6 && value !== 0n;
					if (kind === 1) while (at.i < data.length) batch.cells.push(Number(readVarint(data, at)));
					if (kind === 2) while (at.i < data.length) batch.numbers.push(BigInt.asIntN(64, readVarint(data, at)));
					if (kind === 3) for (; at.i < data.length; at.i += 8) batch.floats.push(data.readDoubleLE(at.i));
					if (kind === 5) batch.strings = data.toString().split('\0');
				}
				for (const cell of batch.cells) {
					if (cell === INVALID) continue;
					row.push(cell === NULL ? '' : cell === VARINT ? batch.numbers.shift() :
						cell === FLOAT ? batch.floats.shift() : cell === STRING ? batch.strings.shift() : '?');
					if (row.length === columns) rows.push(row.splice(0).join('|'));
				}
			}
		}
	};
	ask(3, bytes(103, bytes(1, Buffer.from(sql))));
	while (!over)
		await turn();
	if (error)
		throw new Error(sql + ': ' + error);
	return rows;
}

// The package is made for a worker of a browser.
globalThis.self = { location: { pathname: '/', href: 'http://local/' } };
globalThis.importScripts = () => {};
globalThis.XMLHttpRequest = class {
	open(method, url) { this.file = path.join(folder, path.basename(String(url))); }
	send() { this.response = new Uint8Array(fs.readFileSync(this.file)).buffer; }
};
console.warn = () => {};
const print = console.log;
console.log = console.warn;
const node = globalThis.process;
globalThis.process = undefined;
vm.runInThisContext(fs.readFileSync(path.join(folder, 'engine_bundle.js'), 'utf8'));
globalThis.process = node;
self.onmessage({ data: { enginePort: port } });

(async () => {
	const data = fs.readFileSync(trace);
	const queries = fs.readFileSync(0, 'utf8').split('\n').filter(line => line);
	let answers = 0;
	await turn(); // it has begun by then
	onReply = () => answers++;
	for (let at = 0; at === 0 || at < data.length; at += 1 << 20)
		ask(1, bytes(101, data.subarray(at, at + (1 << 20))));
	ask(2);
	while (answers < sequence)
		await turn();
	for (const sql of queries)
		print((await query(sql)).map(line => line + '\n').join(''));
})().catch(e => { console.error(String(e && e.stack || e)); process.exit(1); });
