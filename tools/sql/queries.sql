-- SPDX-License-Identifier: GPL-2.0-or-later
-- Ten questions to a database of systape-decode -l sqlite; systape-sql(5) explains the tables.
--
--     sqlite3 calls.db <queries.sql
--
-- clickhouse-queries.sql and duckdb-queries.sql ask the same ones, and get the same answers.

-- 1. What takes the time? Calls, errors, nanoseconds.
SELECT t.host, c.name, count(*) AS calls, count(c.errno) AS errors, sum(coalesce(c.latency, 0)) AS total, max(coalesce(c.latency, 0)) AS longest
FROM calls c JOIN tapes t ON t.id = c.tape WHERE c.state = 'done' GROUP BY 1, 2 ORDER BY total DESC, 1, 2;

-- 2. Which calls were the slowest?
SELECT t.host, c.latency, c.name, p.pid, c.comm
FROM calls c JOIN tapes t ON t.id = c.tape JOIN processes p ON p.id = c.process WHERE c.latency IS NOT NULL
ORDER BY c.latency DESC, 1, 3, 4 LIMIT 10;

-- 3. What fails, and how?
SELECT t.host, c.name, c.error, count(*) AS calls
FROM calls c JOIN tapes t ON t.id = c.tape WHERE c.error IS NOT NULL GROUP BY 1, 2, 3 ORDER BY calls DESC, 1, 2, 3;

-- 4. Which files are used most?
SELECT t.host, f.path, count(*) AS calls, count(c.errno) AS errors, sum(coalesce(c.latency, 0)) AS total
FROM calls c JOIN tapes t ON t.id = c.tape JOIN files f ON f.id = c.file GROUP BY 1, 2 ORDER BY calls DESC, 1, 2 LIMIT 20;

-- 5. Which files are looked for, and are not there?
SELECT t.host, f.path, count(*) AS calls
FROM calls c JOIN tapes t ON t.id = c.tape JOIN files f ON f.id = c.file WHERE c.error = 'ENOENT'
GROUP BY 1, 2 ORDER BY calls DESC, 1, 2 LIMIT 20;

-- 6. Which process uses which file?
SELECT t.host, p.pid, f.path, count(*) AS calls
FROM calls c JOIN tapes t ON t.id = c.tape JOIN files f ON f.id = c.file JOIN processes p ON p.id = c.process
GROUP BY 1, 2, 3 ORDER BY calls DESC, 1, 2, 3 LIMIT 20;

-- 7. Which processes make the most calls?
SELECT t.host, p.pid, count(*) AS calls, count(c.errno) AS errors, sum(coalesce(c.latency, 0)) AS total
FROM calls c JOIN tapes t ON t.id = c.tape JOIN processes p ON p.id = c.process GROUP BY 1, 2 ORDER BY calls DESC, 1, 2 LIMIT 20;

-- 8. Which programs were executed?
SELECT t.host, f.path, count(*) AS times
FROM calls c JOIN tapes t ON t.id = c.tape JOIN files f ON f.id = c.file
WHERE c.name IN ('execve', 'execveat') AND c.state = 'done' AND c.error IS NULL GROUP BY 1, 2 ORDER BY times DESC, 1, 2;

-- 9. How many calls were there in each second?
SELECT t.host, c.time / 1000000000 AS second, count(*) AS calls, count(c.errno) AS errors
FROM calls c JOIN tapes t ON t.id = c.tape WHERE c.time IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2;

-- 10. How long do calls take: half of them, nine of ten, ninety-nine of a hundred?
WITH r AS (SELECT t.host, c.name, c.latency, row_number() OVER (PARTITION BY t.host, c.name ORDER BY c.latency) - 1 AS place,
	count(*) OVER (PARTITION BY t.host, c.name) AS n
	FROM calls c JOIN tapes t ON t.id = c.tape WHERE c.latency IS NOT NULL)
SELECT host, name, n, max(CASE WHEN place = n * 50 / 100 THEN latency END) AS p50,
	max(CASE WHEN place = n * 90 / 100 THEN latency END) AS p90, max(CASE WHEN place = n * 99 / 100 THEN latency END) AS p99
FROM r GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2;
