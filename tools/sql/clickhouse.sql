-- SPDX-License-Identifier: GPL-2.0-or-later
-- Tables for the calls of many machines, for ClickHouse 18.16 and later. Once:
--
--     clickhouse-client --multiquery <clickhouse.sql
--
-- and for each tape, on any machine:
--
--     systape-decode -l csv --no-header --quiet machine.tape |
--         clickhouse-client --query 'INSERT INTO systape.rows FORMAT CSV'
--
-- clickhouse-queries.sql has ten questions. systape-json(5) explains the columns.
CREATE DATABASE IF NOT EXISTS systape;

-- A partition for each day and machine: what is old goes by DROP PARTITION. Within it the calls of one name are together, in
-- the order of time.
CREATE TABLE IF NOT EXISTS systape.calls (
	day Date, ts Int64, host String, pid UInt32, tid UInt32, comm String, cpu Nullable(UInt32), name String, nr UInt32,
	arch String, state String, args String, retval Nullable(Int64), error String, errno Nullable(UInt64),
	latency Nullable(UInt64), path String
) ENGINE = MergeTree PARTITION BY (day, host) ORDER BY (name, ts, pid);

CREATE TABLE IF NOT EXISTS systape.losses (
	day Date, ts Int64, host String, cpu Nullable(UInt32), what String
) ENGINE = MergeTree PARTITION BY (day, host) ORDER BY ts;

-- What -l csv writes, column by column. It keeps nothing: rows go on to the two tables.
CREATE TABLE IF NOT EXISTS systape.rows (
	time String, text_ts String, text_pid String, text_tid String, comm String, text_cpu String, name String, text_nr String, arch String, state String,
	args String, text_retval String, error String, text_errno String, text_latency String, path String, host String
) ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS systape.rows_to_calls TO systape.calls AS SELECT
	toDate(toDateTime(intDiv(toInt64OrZero(text_ts), 1000000000), 'UTC')) AS day, toInt64OrZero(text_ts) AS ts, host,
	toUInt32OrZero(text_pid) AS pid, toUInt32OrZero(text_tid) AS tid, comm, if(text_cpu = '', NULL, toUInt32OrZero(text_cpu)) AS cpu, name,
	toUInt32OrZero(text_nr) AS nr, arch, state, args,
	if(text_retval = '', NULL, if(substring(text_retval, 1, 1) = '-', toInt64OrZero(text_retval), toInt64(toUInt64OrZero(text_retval)))) AS retval,
	error, if(text_errno = '', NULL, toUInt64OrZero(text_errno)) AS errno, if(text_latency = '', NULL, toUInt64OrZero(text_latency)) AS latency, path
	FROM systape.rows WHERE state != 'lost';

CREATE MATERIALIZED VIEW IF NOT EXISTS systape.rows_to_losses TO systape.losses AS SELECT
	toDate(toDateTime(intDiv(toInt64OrZero(text_ts), 1000000000), 'UTC')) AS day, toInt64OrZero(text_ts) AS ts, host,
	if(text_cpu = '', NULL, toUInt32OrZero(text_cpu)) AS cpu, args AS what
	FROM systape.rows WHERE state = 'lost';
