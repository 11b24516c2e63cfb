-- SPDX-License-Identifier: GPL-2.0-or-later
-- From the JSON lines of tapes in the current folder, also of several machines, to a file of Parquet, by DuckDB 1.x:
--
--     systape-decode -l json --quiet -o web1.json web1.tape
--     duckdb <duckdb.sql
--
-- duckdb-queries.sql has ten questions to it; Spark and others read it as well.
CREATE OR REPLACE VIEW lines AS SELECT * FROM read_ndjson('*.json', filename = true, columns = {
	type: 'VARCHAR', host: 'VARCHAR', ts: 'BIGINT', pid: 'UINTEGER', tid: 'UINTEGER', comm: 'VARCHAR', cpu: 'UINTEGER',
	name: 'VARCHAR', nr: 'UINTEGER', arch: 'VARCHAR', state: 'VARCHAR', args: 'JSON', retval: 'HUGEINT', error: 'VARCHAR',
	errno: 'UBIGINT', latency: 'UBIGINT', path: 'VARCHAR'});

-- A file's first line says whose it is. Results are text: Parquet has no integer for both -1 and 2^64-1.
COPY (
	SELECT t.host, to_timestamp(c.ts // 1000000000) AS time, c.ts, c.pid, c.tid, c.comm, c.cpu, c.name, c.nr, c.arch, c.state,
		c.args::VARCHAR AS args, c.retval::VARCHAR AS retval, c.error, c.errno, c.latency, c.path
	FROM lines c JOIN lines t ON t.filename = c.filename AND t.type = 'tape' WHERE c.type = 'call' ORDER BY c.ts
) TO 'calls.parquet' (FORMAT parquet, COMPRESSION snappy);
