-- SPDX-License-Identifier: GPL-2.0-or-later
-- The ten questions of queries.sql, to the tables of clickhouse.sql:
--
--     clickhouse-client --multiquery <clickhouse-queries.sql

-- 1. What takes the time? Calls, errors, nanoseconds.
SELECT host, name, count() AS calls, countIf(error != '') AS errors, sum(ifNull(latency, 0)) AS total, max(ifNull(latency, 0)) AS longest
FROM systape.calls WHERE state = 'done' GROUP BY host, name ORDER BY total DESC, host, name;

-- 2. Which calls were the slowest?
SELECT host, latency, name, pid, comm FROM systape.calls WHERE isNotNull(latency) ORDER BY latency DESC, host, name, pid LIMIT 10;

-- 3. What fails, and how?
SELECT host, name, error, count() AS calls FROM systape.calls WHERE error != '' GROUP BY host, name, error
ORDER BY calls DESC, host, name, error;

-- 4. Which files are used most?
SELECT host, path, count() AS calls, countIf(error != '') AS errors, sum(ifNull(latency, 0)) AS total
FROM systape.calls WHERE path != '' GROUP BY host, path ORDER BY calls DESC, host, path LIMIT 20;

-- 5. Which files are looked for, and are not there?
SELECT host, path, count() AS calls FROM systape.calls WHERE path != '' AND error = 'ENOENT' GROUP BY host, path
ORDER BY calls DESC, host, path LIMIT 20;

-- 6. Which process uses which file?
SELECT host, pid, path, count() AS calls FROM systape.calls WHERE path != '' GROUP BY host, pid, path
ORDER BY calls DESC, host, pid, path LIMIT 20;

-- 7. Which processes make the most calls?
SELECT host, pid, count() AS calls, countIf(error != '') AS errors, sum(ifNull(latency, 0)) AS total
FROM systape.calls GROUP BY host, pid ORDER BY calls DESC, host, pid LIMIT 20;

-- 8. Which programs were executed?
SELECT host, path, count() AS times FROM systape.calls
WHERE name IN ('execve', 'execveat') AND state = 'done' AND error = '' AND path != '' GROUP BY host, path ORDER BY times DESC, host, path;

-- 9. How many calls were there in each second?
SELECT host, intDiv(ts, 1000000000) AS second, count() AS calls, countIf(error != '') AS errors
FROM systape.calls WHERE ts != 0 GROUP BY host, second ORDER BY host, second;

-- 10. How long do calls take: half of them, nine of ten, ninety-nine of a hundred?
SELECT host, name, count() AS n, arraySort(groupArray(assumeNotNull(latency)))[intDiv(n * 50, 100) + 1] AS p50,
	arraySort(groupArray(assumeNotNull(latency)))[intDiv(n * 90, 100) + 1] AS p90,
	arraySort(groupArray(assumeNotNull(latency)))[intDiv(n * 99, 100) + 1] AS p99
FROM systape.calls WHERE isNotNull(latency) GROUP BY host, name ORDER BY n DESC, host, name;
