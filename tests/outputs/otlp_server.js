#!/usr/bin/env node
// SPDX-License-Identifier: GPL-2.0-or-later
// otlp_server PACKAGE FOLDER [KEY CERTIFICATE]: a server for OTLP over HTTP, at a port of 127.0.0.1 that FOLDER/port names, which does
// what the path says: /429:1,200/v1/traces answers 429 with Retry-After: 1, then 200 for ever. Other words: 400 and the like,
// partial:N (N records rejected), nothing (no answer), half (of one), close (the connection). The package of npm decodes.
// FOLDER/NAME, NAME being the words, gets a line for each request; FOLDER/NAME.taken each record of those that were answered with 200.
// otlp_server PACKAGE decode FILE traces|logs: the records of a file.
'use strict'
const fs = require('fs')
const zlib = require('zlib')
const [, , folder, where, ...rest] = process.argv
const { opentelemetry } = require(folder + '/node_modules/@opentelemetry/otlp-transformer/build/src/generated/root')
const { trace, logs } = opentelemetry.proto.collector
const messages = {
	traces: [trace.v1.ExportTraceServiceRequest, trace.v1.ExportTraceServiceResponse, 'resourceSpans', 'scopeSpans', 'spans'],
	logs: [logs.v1.ExportLogsServiceRequest, logs.v1.ExportLogsServiceResponse, 'resourceLogs', 'scopeLogs', 'logRecords'],
}

const valueOf = (value) =>
	value.arrayValue ? value.arrayValue.values.map(valueOf) : value.intValue !== null && value.intValue !== undefined ? Number(value.intValue) : value.stringValue
const attributesOf = (list) => Object.fromEntries(list.map((a) => [a.key, valueOf(a.value)]))
const hex = (bytes) => Buffer.from(bytes).toString('hex')

// One object for each record, with its resource's attributes.
function recordsOf(signal, bytes) {
	const [request, , resources, scopes, records] = messages[signal]
	const found = []
	for (const resource of request.decode(bytes)[resources])
		for (const scope of resource[scopes])
			for (const r of scope[records])
				found.push({
					trace: hex(r.traceId), span: hex(r.spanId), parent: r.parentSpanId && hex(r.parentSpanId), name: r.name,
					begin: String(r.startTimeUnixNano ?? r.timeUnixNano), end: String(r.endTimeUnixNano ?? ''),
					body: r.body && valueOf(r.body), severity: r.severityNumber, status: r.status && r.status.code,
					message: r.status && r.status.message, dropped: r.droppedAttributesCount, attributes: attributesOf(r.attributes),
					resource: attributesOf(resource.resource.attributes), scope: scope.scope.name,
				})
	if (new Set(found.map((r) => r.span + r.body)).size !== found.length && signal === 'traces') throw new Error('a span twice')
	return found
}

if (where === 'decode') {
	for (const record of recordsOf(rest[1], fs.readFileSync(rest[0]))) console.log(JSON.stringify(record))
	process.exit(0)
}

const asked = {} // how often, by the words
function answer(words, word, response, signal, records) {
	const [code, more] = word.split(':')
	const [, type] = messages[signal]
	const rejected = signal === 'traces' ? 'rejectedSpans' : 'rejectedLogRecords'
	const of = (object) => type.encode(type.create(object)).finish()
	const headers = { 'Content-Type': 'application/x-protobuf' }
	if (code === 'nothing') return
	if (code === 'close') return response.socket.destroy()
	if (code === 'half') {
		response.writeHead(200, { ...headers, 'Content-Length': 100 })
		return response.write('half', () => response.socket.destroy())
	}
	if (code === '200' || code === 'partial') fs.appendFileSync(`${where}/${words}.taken`, records.map((r) => JSON.stringify(r) + '\n').join(''))
	if (code === 'partial') {
		response.writeHead(200, headers)
		return response.end(of({ partialSuccess: { [rejected]: Number(more), errorMessage: 'too \x1b[31m many' } }))
	}
	if (code === '200') {
		response.writeHead(200, headers)
		return response.end(of({}))
	}
	if (more) headers['Retry-After'] = more
	response.writeHead(Number(code) || 404, headers)
	response.end(Buffer.from([0x08, 3, 0x12, 4, ...Buffer.from('busy')])) // a google.rpc.Status
}

const tls = rest.length > 0
const server = require(tls ? 'https' : 'http').createServer(tls ? { key: fs.readFileSync(rest[0]), cert: fs.readFileSync(rest[1]) } : {}, (request, response) => {
	const chunks = []
	request.on('error', () => {})
	request.on('data', (chunk) => chunks.push(chunk))
	request.on('end', () => {
		const [, words, , signal] = request.url.split('/')
		const bytes = Buffer.concat(chunks)
		const packed = request.headers['content-encoding']
		const message = packed === 'gzip' ? zlib.gunzipSync(bytes) : bytes
		const records = recordsOf(signal, message)
		const list = words.split(',')
		const number = asked[words] ?? 0
		const word = list[Math.min(number, list.length - 1)]
		asked[words] = number + 1
		fs.appendFileSync(`${where}/${words}`, JSON.stringify({
			word, url: request.url, method: request.method, records: records.length, size: message.length, packed, type: request.headers['content-type'],
			agent: request.headers['user-agent'], key: request.headers['x-key'], at: Date.now(),
		}) + '\n')
		answer(words, word, response, signal, records)
	})
})
server.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(`${where}/port.new`, String(server.address().port))
	fs.renameSync(`${where}/port.new`, `${where}/port`)
})
process.on('SIGTERM', () => process.exit(0))
