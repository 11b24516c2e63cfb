// SPDX-License-Identifier: GPL-2.0-or-later
// usage: duckdb.mjs NODE-MODULES FOLDER SQL-FILE...: runs files in the folder; rows of what they answer as TSV.
// With `-` as a file: what hyparquet reads in calls.parquet: rows, and sums of latency by host.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const [modules, folder, ...files] = process.argv.slice(2)
const require = createRequire(modules + '/')
const sql = files.map((name) => (name === '-' ? name : readFileSync(name, 'utf8')))
process.chdir(folder)

async function parquet() {
	const { parquetReadObjects } = await import(require.resolve('hyparquet'))
	const data = readFileSync('calls.parquet')
	const rows = await parquetReadObjects({
		file: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
		columns: ['host', 'latency', 'name'],
	})
	const sums = {}
	for (const row of rows) {
		const s = (sums[row.host] ??= { calls: 0n, total: 0n })
		s.calls++
		s.total += BigInt(row.latency ?? 0)
	}
	for (const host of Object.keys(sums).sort()) console.log([host, sums[host].calls, sums[host].total].join('\t'))
}

const { DuckDBInstance } = require('@duckdb/node-api')
const connection = await (await DuckDBInstance.create(':memory:')).connect()
for (const text of sql) {
	if (text === '-') {
		await parquet()
		continue
	}
	const reader = await connection.runAndReadAll(text)
	for (const row of reader.getRows()) console.log(row.map((v) => (v === null ? '' : String(v))).join('\t'))
}
